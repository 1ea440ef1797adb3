"""Pages anybody may open, error pages and health."""
