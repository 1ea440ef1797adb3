"""Every time at which something ends by itself, and proof that it does: neither before nor after."""
