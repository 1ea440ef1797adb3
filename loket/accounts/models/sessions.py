"""The browsers in which people are signed in, one row each."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.sessions.base_session import (
    AbstractBaseSession,
    BaseSessionManager,
)
from django.db import models

from loket.accounts.models.user import User
from loket.kernel.privacy import classify


class SessionManager(BaseSessionManager["Session"]):
    """Reads the owner together with the session: every page needs both."""

    def get_queryset(self) -> models.QuerySet["Session"]:
        return super().get_queryset().select_related("user")


class Session(AbstractBaseSession):
    """One browser. `began_at` and `seen_at` are empty until somebody signs in with it.

    `address` is the part of the network address that tells a person where it was.
    """

    handle = models.UUIDField(default=uuid4, unique=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    data_classes = classify(
        internal="expire_date handle began_at seen_at",
        personal="user device address",
        secret="session_key session_data",
    )

    objects: ClassVar = SessionManager()

    class Meta:
        indexes = [models.Index(fields=["expire_date"], name="session_expiry")]

    def __str__(self) -> str:
        return f"{self.device} since {self.began_at}"
