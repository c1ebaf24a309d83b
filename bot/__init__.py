"""Frontdesk's bot: matching, conversations, the ledger, channels and the command line."""
