"""A plan: its office and units, text, tasks, money and deadlines, and the rules over them."""
