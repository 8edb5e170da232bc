"""The same rows by the shortest ways that Django and its API framework have: what the API is measured against."""
