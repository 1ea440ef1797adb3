"""Settings, addresses, entry points: knows every room, and no room knows it."""
