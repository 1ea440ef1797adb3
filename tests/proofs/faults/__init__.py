"""What breaks around loket, and a worker that dies between any two lines."""
