"""The ticket: one request, one number, whatever the service and the channel."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.offices.permissions import Person, standing
from loket.offices.roles import Permission
from loket.standards.models import Service, Standard


class Status(models.TextChoices):
    """Where a ticket stands; who may move it where is `workflow.TRANSITIONS`."""

    SUBMITTED = "submitted", pgettext_lazy("status of a ticket", "Diterima")
    IN_PROGRESS = "in_progress", _("Diproses")
    WAITING_APPLICANT = "waiting_applicant", _("Menunggu pemohon")
    WAITING_OUTSIDE = "waiting_outside", _("Diteruskan")
    DONE = "done", _("Selesai")
    CLOSED = "closed", _("Ditutup")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Dibatalkan")


OPEN = (
    Status.SUBMITTED,
    Status.IN_PROGRESS,
    Status.WAITING_APPLICANT,
    Status.WAITING_OUTSIDE,
)


class Outcome(models.TextChoices):
    """What came of it, beside the status."""

    FULFILLED = "fulfilled", _("Dipenuhi")
    REJECTED = "rejected", _("Ditolak")
    UNANSWERED = "unanswered", _("Tidak dijawab pemohon")
    MERGED = "merged", _("Digabung")
    WITHDRAWN = "withdrawn", _("Dibatalkan pemohon")


class Turn(models.TextChoices):
    """Whose turn it is; follows the actor of the current step."""

    OFFICE = "office", _("Giliran kantor")
    APPLICANT = "applicant", _("Giliran pemohon")
    OUTSIDE = "outside", _("Di pihak luar")
    NOBODY = "nobody", _("Selesai")


class Channel(models.TextChoices):
    """How the request came in."""

    PORTAL = "portal", _("Portal")
    COUNTER = "counter", _("Loket")
    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")
    PHONE = "phone", _("Telepon")
    LETTER = "letter", _("Surat")
    LPSE_SUPPORT = "lpse_support", _("LPSE Support")


class ShownAs(models.TextChoices):
    """As what somebody came to the counter with the originals (C1)."""

    OWNER = "owner", _("Pimpinan atau pemilik usaha")
    PROXY = "proxy", _("Penerima kuasa")


FOR_LIFE = {"office", "service"}  # what a ticket belongs to never changes
OF_TICKET = "SELECT 1 FROM tickets_ticket t WHERE t.id"


def rows_of_ticket(table: str) -> Rows:
    """Whoever reaches the ticket reaches its rows of this table."""
    return Rows(also=f"EXISTS ({OF_TICKET} = {table}.ticket_id)")


def _read_by_officer(user: User) -> Q:
    """The offices this person may read in; an auditor's scope names services there."""
    scopes = standing(user).scopes
    offices = standing(user).offices_with(Permission.TICKET_READ)
    found = Q(office__in=[each for each in offices if each not in scopes])
    for office in scopes.keys() & {*offices}:
        found |= Q(office=office, service__code__in=scopes[office])
    return found


class TicketQuerySet(models.QuerySet["Ticket"]):
    """The only way to tickets for people is `visible_to`."""

    def visible_to(self, user: Person) -> Self:
        """Tickets of the offices this person may read in, and those he is a party of."""
        if not user.is_authenticated:
            return self.none()
        mine = Exists(Party.objects.current().filter(ticket=OuterRef("pk"), user=user))
        return self.filter(_read_by_officer(user) | mine)

    def at_desk_of(self, user: User) -> Self:
        """Tickets this person reads as an officer or auditor, none for being a party of it."""
        return self.filter(_read_by_officer(user))

    def with_party(self, user: User) -> Self:
        """Read along whether this person is a party, for a page that asks often; a lock forgets it."""
        mine = Exists(Party.objects.current().filter(ticket=OuterRef("pk"), user=user))
        return self.annotate(party_asked=Value(user.pk), party_found=mine)

    def open(self) -> Self:
        """Tickets somebody still has to do something about."""
        return self.filter(status__in=OPEN)

    def by_due_time(self) -> Self:
        """The most urgent first; those whose clock stands come after, the oldest first."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "updated_at")

    def with_names(self) -> Self:
        """With what a list prints: service, standard, assignee, in one statement."""
        return self.select_related("office", "service", "assignee")

    def with_standard(self) -> Self:
        """With its version, whose record stays behind: `spec_of` keeps it in memory."""
        return self.select_related("standard").defer("standard__document")


class Ticket(models.Model):
    """One request from submission to the end; its standard's version never changes by itself."""

    party_asked: int  # read by `with_party`: about whom, and whether he is one
    party_found: bool

    office = models.ForeignKey(Office, models.PROTECT)
    number = models.CharField(max_length=20, unique=True)
    public_code = models.CharField(max_length=8, unique=True)
    service = models.ForeignKey(Service, models.PROTECT)
    standard = models.ForeignKey(Standard, models.PROTECT)
    route = models.SlugField()
    applicant_kind = models.SlugField()
    facts = models.JSONField(default=list)
    # Then a proxy's papers are asked too
    uses_proxy = models.BooleanField(default=False)
    # Who showed the originals: as what, and his name
    shown_as = models.CharField(max_length=6, choices=ShownAs, blank=True)
    shown_by = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    # Its number where it came from, when that was the national helpdesk
    outside_number = models.CharField(max_length=40, blank=True)
    applicant_name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    # Of somebody without an account, for mails about this ticket only; never required (X6)
    email = models.EmailField(blank=True)
    status = models.CharField(max_length=20, choices=Status)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    step = models.SlugField(blank=True)
    turn = models.CharField(max_length=10, choices=Turn)
    assignee = models.ForeignKey(User, models.PROTECT, null=True)
    submitted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    counting_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # From when so little office time is left that lists warn; set with `due_at`
    soon_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    # Where this request goes on, when it was the same as another
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged"
    )
    rows = Rows(
        also="public_code = {key_ticket} OR office_id || ':' || (SELECT code FROM standards_service"
        " WHERE id = service_id) = ANY ({scoped}) OR EXISTS (SELECT 1 FROM tickets_party p"
        " WHERE p.ticket_id = tickets_ticket.id AND p.user_id = {person} AND p.revoked_at IS NULL"
        " AND p.since <= {now} AND (p.until IS NULL OR p.until > {now}))"
    )
    data_classes = classify(
        internal="office number public_code service standard route applicant_kind facts "
        "uses_proxy shown_as channel outside_number status outcome step turn submitted_at recorded_at counting_from due_at "
        "soon_at ended_at updated_at merged_into",
        personal="applicant_name phone email shown_by assignee",
    )

    objects: ClassVar = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_at=None)
                | (~Q(status__in=OPEN) & Q(ended_at__isnull=False)),
                name="ticket_ended_when_not_open",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN) ^ Q(turn=Turn.NOBODY),
                name="ticket_open_is_somebodys_turn",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.LPSE_SUPPORT) ^ Q(outside_number=""),
                name="ticket_of_lpse_support_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(counting_from__isnull=False),
                name="ticket_due_only_while_counting",
            ),
            models.CheckConstraint(
                condition=Q(soon_at=None)
                | Q(due_at__isnull=False, soon_at__lte=models.F("due_at")),
                name="ticket_soon_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | Q(outcome=Outcome.MERGED, status=Status.CLOSED)
                & ~Q(merged_into=models.F("id")),
                name="ticket_merged_leads_elsewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "turn", "assignee", "due_at"], name="ticket_worklist", condition=Q(status__in=OPEN),
            ),
            models.Index(fields=["office", "due_at", "updated_at"], name="ticket_by_due_time", condition=Q(status__in=OPEN)),
            models.Index(fields=["office", "-submitted_at"], name="ticket_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def is_soon(self, now: datetime) -> bool:
        """Whether the promise runs out within the office's minutes of open time."""
        if self.due_at is None or self.soon_at is None:
            return False
        return self.soon_at <= now <= self.due_at

    @property
    def is_being_made(self) -> bool:
        """Whether it stands in no table yet, so that nobody else can see or hold it."""
        return self._state.adding

    @cached_property
    def gathered(self) -> "list[models.Model]":
        """What its making brought: events and segments, written with it."""
        return []

    def keep(self, *fields: str) -> None:
        """Write these columns; a ticket that is being made is written whole, once."""
        if not self.is_being_made:
            self.save(update_fields=fields)

    def lock(self) -> None:
        """Reload this row and hold it until the transaction ends; nobody else has one that is being made."""
        if self.is_being_made:
            return
        for read in ("party_asked", "segments_read"):
            self.__dict__.pop(read, None)
        known = {name: found for name, found in self._state.fields_cache.items() if name in FOR_LIFE}  # fmt: skip
        self.refresh_from_db(
            from_queryset=Ticket.objects.select_for_update(of=("self",))
        )
        self._state.fields_cache |= known


class PartyQuerySet(models.QuerySet["Party"]):
    """Rights of people outside the office; every question about them begins with `current`."""

    def current(self) -> Self:
        """Those that hold now: begun, not over, not revoked."""
        now = clock.now()
        return self.filter(
            Q(until=None) | Q(until__gt=now), since__lte=now, revoked_at=None
        )


class Party(models.Model):
    """Somebody outside the office whom the ticket concerns, and who may therefore see it."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="parties")
    user = models.ForeignKey(User, models.PROTECT)
    as_what = models.CharField(max_length=12, default="applicant")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    rows = Rows(also="user_id = {person}")
    data_classes = classify(
        internal="office ticket as_what since until revoked_at", personal="user"
    )

    objects: ClassVar = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "user", "as_what"], name="party_one_per_person"
            )
        ]
        indexes = [models.Index(fields=["user", "ticket"], name="party_of_user")]

    def __str__(self) -> str:
        return f"{self.user} in {self.ticket}"
