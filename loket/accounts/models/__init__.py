"""One account per person, the browsers it is signed in with, and what changes it."""

from loket.accounts.models.changes import EmailChange, PasswordReset
from loket.accounts.models.sessions import Session
from loket.accounts.models.throttles import Throttle
from loket.accounts.models.user import User, UserManager

__all__ = [
    "EmailChange", "PasswordReset", "Session", "Throttle", "User", "UserManager",
]  # fmt: skip
