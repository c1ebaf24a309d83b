"""Templates in use: which one answers, how its text is rendered, and what the ledger knows about it."""
