"""The evidence over HTTP."""
