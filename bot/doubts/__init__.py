"""Doubts: what `frontdesk check` finds wrong with intents, examples and rules."""
