"""Time, secrets, mail transport, one-time keys, routes and the database start; knows no domain word."""
