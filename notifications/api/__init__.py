"""Live progress over HTTP: the way to a WebSocket."""
