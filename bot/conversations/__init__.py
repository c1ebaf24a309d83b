"""Conversations: the pure engine that judges one event, and the turns that load, step and commit."""
