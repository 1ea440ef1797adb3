"""HTTP of a registration: asking for a link, filling in the draft, and the desk's look at numbers."""
