"""Entities: what a message carries - numbers, dates, addresses, values of a list - and where."""
