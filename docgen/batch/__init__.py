"""Many jobs down the one road: what is asked (jobs file), what is done (ledger), and the doing (run)."""
