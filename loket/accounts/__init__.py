"""People who sign in: one account per person, valid at every office."""
