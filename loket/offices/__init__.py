"""The tenant: one procurement service office, its hours, places, contacts and staff with their roles."""
