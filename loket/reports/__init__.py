"""What an office can show of its work: the log of disturbances, problems and requests (Standar LPSE 5)."""
