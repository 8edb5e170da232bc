"""Pages for people without an account: the author's page, finished files by a signed link, and fewer mails."""
