"""Where the bytes are: encrypted, checked, served only after the view is logged."""
