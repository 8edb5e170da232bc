"""Campaigns: many events, many faults, real processes that are killed. Small here; `make campaigns` runs them large."""
