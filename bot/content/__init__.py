"""Content: the intents and templates that ops staff write, checked and frozen into one snapshot."""
