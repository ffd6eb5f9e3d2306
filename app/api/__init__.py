"""The HTTP API: routes, streaming, errors."""
