"""What every request shares: number, status, procedure, clock, timeline, documents asked, checks and inbox."""
