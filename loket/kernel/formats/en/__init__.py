"""English writing of dates and times, day before month as in Indonesia."""
