"""Tenders as far as the counter touches them: changes of a schedule, each with its reason, open to everybody."""
