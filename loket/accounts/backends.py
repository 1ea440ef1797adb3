"""Who somebody is by login and password: one statement and one hash, whoever he is."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context

from loket.accounts.models import User
from loket.accounts.queries import user_called


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library is untyped
    """The library's backend asks twice for a login that looks like an address; that can be timed."""

    def get_user(self, user_id: int) -> User | None:
        """Whose session it is was read together with the session; only active people count."""
        session = getattr(context.request, "session", None)
        owner: User | None = getattr(session, "owner", None)
        if owner is None or owner.pk != user_id:
            owner = super().get_user(user_id)
        return (
            owner if owner is not None and self.user_can_authenticate(owner) else None
        )

    def _authenticate(self, request: Any, **credentials: Any) -> User | None:
        login = credentials.get("username") or credentials.get("email") or ""
        found: User | None = self._check_password(user_called(login), credentials["password"])  # fmt: skip
        return found
