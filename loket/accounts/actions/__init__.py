"""Every write about people who sign in. Who may cause one is decided by the room that calls."""

from loket.accounts.actions.factors import add_second_factor, drop_second_factor
from loket.accounts.actions.people import open_account
from loket.accounts.actions.sessions import end_session, end_sessions

__all__ = [
    "add_second_factor", "drop_second_factor", "end_session", "end_sessions", "open_account",
]  # fmt: skip
