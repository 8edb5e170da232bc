"""E-mails: which event becomes which letter to whom, and what each letter says."""
