"""The studio: pages for those who look after the content, and the addresses that they ask."""
