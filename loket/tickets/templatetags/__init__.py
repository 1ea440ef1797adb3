"""Template tags of the tickets' pages."""
