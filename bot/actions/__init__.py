"""Actions: the deployer's Python for answers that need live data, and what runs it.

Any class here with `name()` and `run(dispatcher, tracker, domain)` is an action; so is any Rasa SDK `Action`.
"""
