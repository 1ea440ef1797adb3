"""Indonesian writing of dates and times."""
