"""Invented customers and operators who use the real engine: conversations for demos, tests and benchmarks."""
