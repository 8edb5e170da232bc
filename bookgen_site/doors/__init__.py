"""The second step of logging in to the desk, and where people set it up: pages under the strict policy."""
