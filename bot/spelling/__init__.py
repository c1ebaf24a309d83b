"""Spelling: misspelt words, and words typed together or apart, read as the content writes them."""
