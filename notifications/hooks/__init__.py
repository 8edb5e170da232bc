"""Webhooks by the Standard Webhooks specification, version 1.0.0 (standardwebhooks.com).

`endpoints` writes the rows, `routing` makes messages from events, `shaping` says what stands in them, `sealing`
encrypts and `signing` signs them; `notifications.transports.webhook` sends them. Who may do what with an endpoint is
the books' affair: `biographies.webhooks`.
"""
