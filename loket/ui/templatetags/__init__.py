"""Template tags of the pages: icons, chips, bars, form keys and dates."""
