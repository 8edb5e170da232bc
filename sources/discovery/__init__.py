"""Finding sources: one file per finder behind the interface of `base.py`, and the choice among what they found."""
