"""Kernels: the loops over numbers, in C, and how they are called."""
