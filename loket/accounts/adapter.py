"""What loket decides differently from the sign-in library: nobody signs up except by registering."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loket.kernel.crypto import protect, reveal


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Accounts begin with a registration, an invitation or an approved request."""

    error_messages = DefaultAccountAdapter.error_messages | dict.fromkeys(
        ("email_password_mismatch", "username_password_mismatch"),
        _("User ID, e-mail, atau kata sandi tidak cocok. Periksa, lalu coba lagi."),
    )

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """Secrets of second factors stand encrypted in the database."""

    def encrypt(self, text: str) -> str:
        return protect(text.encode(), purpose="second-factor", bound_to="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = bytes.fromhex(encrypted_text)
        return reveal(sealed, purpose="second-factor", bound_to="mfa").decode()
