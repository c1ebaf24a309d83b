"""Fitting: examples in, the arrays of a matcher out, in a child process."""
