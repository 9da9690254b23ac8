"""Excel: one guarded reader of .xlsx files, and the forms that a plan and its progress are typed into."""
