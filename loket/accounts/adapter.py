"""What loket decides differently from the sign-in library: nobody signs up except by registering."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from loket.accounts.actions.letters import tell
from loket.accounts.browsers import guess_buckets, know
from loket.accounts.door import note
from loket.accounts.strength import is_fresh
from loket.accounts.throttles import WAIT, count, may_try
from loket.kernel.crypto import protect, reveal

# The library's name of a mail -> what loket writes instead
LETTERS = {
    "mfa/email/totp_activated": "factor_added",
    "mfa/email/webauthn_added": "factor_added",
    "mfa/email/totp_deactivated": "factor_removed",
    "mfa/email/webauthn_removed": "factor_removed",
    "mfa/email/recovery_codes_generated": "codes_made",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Accounts begin with a registration, an invitation or an approved request."""

    error_messages = DefaultAccountAdapter.error_messages | {
        **dict.fromkeys(
            ("email_password_mismatch", "username_password_mismatch"),
            _("User ID, e-mail, atau kata sandi tidak cocok. Periksa, lalu coba lagi."),
        ),
        "incorrect_password": _("Kata sandi ini tidak cocok. Periksa, lalu coba lagi."),
        "too_many_login_attempts": WAIT,
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        login = credentials.get("username") or credentials.get("email", "")
        self.buckets = guess_buckets(request, "password", login)
        if not may_try(self.buckets):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        count(self.buckets)

    def is_reauthentication_required(self, app: str | None = None) -> bool:
        """Whoever has just signed in need not prove himself twice."""
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password, which everybody has; a session that lacks the second factor is signed in anew."""
        return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]

    def login(self, request: Any, user: Any) -> None:
        super().login(request, user)
        note(request)

    def post_login(self, request: Any, user: Any, **said: Any) -> Any:
        response = super().post_login(request, user, **said)
        know(request, response, user)
        return response

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **said: Any
    ) -> None:
        """A mail of the outbox instead of one sent while the page waits."""
        tell(user, LETTERS[template_prefix], key=uuid4().hex)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """Secrets of second factors stand encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kode ini tidak cocok. Tunggu kode berikutnya, lalu coba lagi."),
        "cannot_generate_recovery_codes": _("Pasang faktor kedua dahulu, lalu buat kode pemulihan."),
        "cannot_delete_authenticator": _("Faktor kedua terakhir tidak dapat dihapus."),
    }  # fmt: skip

    def encrypt(self, text: str) -> str:
        return protect(text.encode(), purpose="second-factor", bound_to="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = bytes.fromhex(encrypted_text)
        return reveal(sealed, purpose="second-factor", bound_to="mfa").decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.user_id)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the name the library gives it
        return gettext("Kunci sandi")
