"""The front door: home pages, service pages, status look-up, error pages and health."""
