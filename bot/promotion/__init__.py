"""Which mode each template is in, on what evidence, and who moved it there."""
