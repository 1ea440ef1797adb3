"""HTTP of the room: staff at the desk, and whoever opens an invitation."""
