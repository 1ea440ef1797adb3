"""Promises the mails of this room; `notifications` writes them when they are sent."""

from loket.accounts.models import User
from loket.kernel.outbox import promise

LETTER = "accounts/mail/letter"


def tell(user: User, kind: str, *, key: str, to: str = "", **context: object) -> None:
    """Promise one mail of this kind to the person, or to another address of his."""
    promise(
        key=f"{kind}:{key}", to=to or user.email, template=LETTER,
        context={"kind": kind, "user": user.pk, **context}, language=user.language,
    )  # fmt: skip
