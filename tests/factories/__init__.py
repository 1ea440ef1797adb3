"""Plain builders of people, offices and tickets for tests; no magic."""
