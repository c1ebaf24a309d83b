"""Ways to bring content in from elsewhere."""
