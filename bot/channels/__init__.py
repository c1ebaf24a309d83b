"""Ways in and out: the seam, the inbox and outbox that all channels share, and one module per channel."""
