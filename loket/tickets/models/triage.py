"""How an office classifies a request for its log of disturbances, problems and requests (Standar LPSE 5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket, rows_of_ticket


class TicketType(models.TextChoices):
    """What it is; the log prints the code in capitals."""

    INCIDENT = "g", _("Gangguan")
    PROBLEM = "m", _("Masalah")
    REQUEST = "pl", _("Permintaan Layanan")


class Category(models.TextChoices):
    """Whether technology is the matter."""

    TECHNICAL = "t", _("Teknis")
    OTHER = "nt", _("Non Teknis")


class Reporter(models.TextChoices):
    """Who reports it."""

    COMMITTEE = "pnt", _("Panitia")
    SUPPLIER = "py", _("Penyedia")
    PPK = "ppk", _("PPK")
    AUDITOR = "aud", _("Auditor")
    PUBLIC = "pub", _("Publik")
    OTHER = "l", _("Lainnya")


class Matter(models.TextChoices):
    """What it is about."""

    HARDWARE = "hw", _("Perangkat keras")
    SOFTWARE = "sw", _("Perangkat lunak")
    PROCEDURE = "ps", _("Prosedur")
    OTHER = "l", _("Lainnya")


class Urgency(models.TextChoices):
    """How soon it must be looked at."""

    URGENT = "m", _("Mendesak")
    NORMAL = "tm", _("Tidak mendesak")


class Impact(models.TextChoices):
    """How far it reaches."""

    LARGE = "b", _("Besar")
    MEDIUM = "s", _("Sedang")
    SMALL = "k", _("Kecil")


class Priority(models.TextChoices):
    """What follows from urgency and impact."""

    HIGH = "t", _("Tinggi")
    MEDIUM = "m", _("Menengah")
    LOW = "r", _("Rendah")


class Triage(models.Model):
    """The classification of one ticket as it is now; `priority` follows the office's table unless an officer says else."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="triage")
    type = models.CharField(max_length=2, choices=TicketType)
    category = models.CharField(max_length=2, choices=Category)
    reporter = models.CharField(max_length=3, choices=Reporter)
    matter = models.CharField(max_length=2, choices=Matter)
    urgency = models.CharField(max_length=2, choices=Urgency)
    impact = models.CharField(max_length=1, choices=Impact)
    priority = models.CharField(max_length=1, choices=Priority)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    rows = rows_of_ticket("tickets_triage")
    data_classes = classify(
        internal="office ticket type category reporter matter urgency impact priority at",
        personal="by",
    )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.type} {self.priority}"
