"""The campaign of canaries: every secret gets a value that is nothing else, and nobody may see it where it isn't due.

`python -m tests.faults.canaries` makes a small book with a running server, logs in, uses the API, sends mail, webhooks
and alerts, causes errors, and then looks for every secret, also encoded, in the logs, the whole database, the files,
the pages, the API's answers, the prompts, the exports, the mails and what receivers were sent. No secret may be found
but where `due.py` says why it must be.
"""
