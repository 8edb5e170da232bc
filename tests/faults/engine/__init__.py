"""The campaign of the engine: a book by the scripted model on PostgreSQL, Redis and Celery, under faults.

`python -m tests.faults.engine --help` says how it is run, docs/faults.md what it proves.
"""
