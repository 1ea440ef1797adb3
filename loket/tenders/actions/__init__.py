"""Schedules of tenders are moved; bids that would not open are sealed and tried."""
