"""Making accounts."""

from allauth.account.models import EmailAddress
from django.db import transaction

from loket.accounts.models import User


@transaction.atomic
def open_account(
    *, user_id: str, email: str, name: str, password_hash: str, language: str = "id"
) -> User:
    """A person with a confirmed address. The hash comes from Django's hashers, never a password."""
    user = User(user_id=user_id, email=email, name=name, language=language)
    user.password = password_hash
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def choose_language(user: User, *, language: str) -> None:
    """The language of this person's mails."""
    user.language = language
    user.save(update_fields=["language"])
