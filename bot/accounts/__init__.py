"""People who sign in: operators and editors, their passwords, roles and sessions."""
