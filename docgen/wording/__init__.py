"""Pure functions that write and read Vietnamese numbers, money, dates, labels and names."""
