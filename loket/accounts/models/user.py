"""One account per person. What the person may do stands in memberships and parties, not here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Upper

from loket.kernel import clock
from loket.kernel.privacy import classify


class UserManager(BaseUserManager["User"]):
    """Finds people by User ID or e-mail, in any mixture of capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(user_id__iexact=username)

    def registered(self, email: str) -> "User | None":
        """Who signs in with this address, if anybody."""
        return self.filter(email__iexact=email).first()


class User(AbstractBaseUser):
    """Somebody who signs in: a supplier's person, an official, an officer or an auditor."""

    user_id = models.CharField(max_length=40, unique=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    data_classes = classify(
        internal="language is_active joined_at last_login",
        personal="user_id email name",
        secret="password",
    )

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "user_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    class Meta:
        # Upper, because that is how `iexact` asks
        constraints = [
            models.UniqueConstraint(Upper("user_id"), name="user_one_per_user_id"),
            models.UniqueConstraint(Upper("email"), name="user_one_per_email"),
        ]

    def __str__(self) -> str:
        return self.name
