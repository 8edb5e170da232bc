"""What is wrong with an installation and how to mend it, in words: `manage.py doctor`.

To add a check: a function without arguments that yields `Sign`s, in one of the modules, named in `examining.CHECKS`.
"""
