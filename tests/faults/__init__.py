"""Campaigns that break things on purpose."""
