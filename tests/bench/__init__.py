"""Figures of speed, size and quality: `make bench`. No test: nothing here fails because a machine is slow."""
