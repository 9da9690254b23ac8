"""Batches: many documents of many plans, named by a jobs file and recorded in a ledger."""
