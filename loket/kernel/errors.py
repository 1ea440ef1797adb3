"""A refusal has three meanings: not allowed (403), somebody was faster (409), input is wrong (422)."""


class Conflict(Exception):
    """Somebody else was faster: what the caller saw is no longer so. Its text is shown to the user."""
