"""Alerts in chats and on pagers: one module per service, which writes the message as the service wants it.

To add a service: a module with `url()` ("" when it isn't set up) and `body(kind, payload)`, pure but for settings; name
it in `services`.
"""
