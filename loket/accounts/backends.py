"""Who somebody is by login and password: one statement and one hash, whoever he is."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from loket.accounts.models import User
from loket.accounts.queries import user_called


class Backend(AuthenticationBackend):  # type: ignore[misc]  # the library is untyped
    """The library's backend asks twice for a login that looks like an address; that can be timed."""

    def _authenticate(self, request: Any, **credentials: Any) -> User | None:
        login = credentials.get("username") or credentials.get("email") or ""
        found: User | None = self._check_password(user_called(login), credentials["password"])  # fmt: skip
        return found
