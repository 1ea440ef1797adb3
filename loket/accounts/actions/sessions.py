"""Ending sessions: one, or all but the one in use."""

from uuid import UUID

from loket.accounts.models import Session, User


def end_session(user: User, handle: UUID) -> bool:
    """Sign one browser of this person out; False when it was not his or not there."""
    ended, _ = user.sessions.filter(handle=handle).delete()
    return bool(ended)


def end_sessions(user: User, *, but: str | None) -> int:
    """Sign this person out everywhere, except where the session key is `but`."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=but or "").delete()
    return ended
