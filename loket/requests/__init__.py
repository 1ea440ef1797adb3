"""Asking for a service online: as whom, the form the standard declares, and from there the ticket."""
