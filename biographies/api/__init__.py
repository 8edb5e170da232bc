"""The book over HTTP: thin views over actions and queries."""
