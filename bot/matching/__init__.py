"""Matching: which intent a message means, how sure that is, and why."""
