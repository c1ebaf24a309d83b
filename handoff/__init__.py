"""The operators' side: the queue of conversations that the bot could not close, and its console."""
