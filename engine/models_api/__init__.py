"""The client of language-model APIs: plain Python, usable without Django. See README.md of this folder."""
