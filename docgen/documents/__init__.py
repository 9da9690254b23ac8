"""Model in, context of one kind of document out: finished texts under Vietnamese keys, and their contract."""
