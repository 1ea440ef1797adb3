"""Suppliers: registration from the first e-mail to the active account."""
