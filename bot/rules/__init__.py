"""Rules: keywords, token patterns and regular expressions of the content, and which of them fire."""
