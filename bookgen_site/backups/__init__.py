"""Backing up and bringing back a whole installation: database, stored files, and (encrypted only) the kept keys.

A backup is one archive (`archive.py`) whose last member, the manifest, names every other with its hash. `making.py`
makes one while everything runs, `restoring.py` brings one back; each database has a module of its own.
"""
