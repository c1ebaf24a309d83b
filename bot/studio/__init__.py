"""The studio: the page for those who look after the templates, and its API."""
