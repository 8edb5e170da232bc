"""Campaigns: many events, many faults, real processes that are killed; `python -m tests.faults --help` names them."""
