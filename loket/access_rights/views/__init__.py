"""HTTP of the room: the official who asks, what he holds, and the desk that decides."""
