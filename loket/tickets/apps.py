"""Finds what higher rooms offer: their kinds of step and their subscribers to events."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TicketsConfig(AppConfig):
    """Loads every room's `steps` and `notifications` once all rooms are there."""

    name = "loket.tickets"

    def ready(self) -> None:
        autodiscover_modules("steps", "notifications")
