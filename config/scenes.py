"""The pieces from which stories of the demo are told: an office with its staff, a ticket with its moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from config.stamped import Signatory
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import spec_of
from loket.tickets.models import Ticket
from loket.tickets.queries.intake import BY_MAIL
from loket.tickets.queries.words import step_of
from loket.tickets.seeds import look_up_all, upload_all, walk

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ON_LEAVE = "helpdesk2"
JUDGING = ("verify_documents", "plan_session", "remote_session")


@dataclass
class Tale:
    """One ticket being told: who works on it, up to which moment it has come, and when history ends."""

    ticket: Ticket
    staff: dict[str, User]
    random: Random
    moment: datetime
    until: datetime

    @property
    def verifier(self) -> User:
        return self.staff["verifikator"]

    @property
    def head(self) -> User:
        return self.staff["kepala"]

    @property
    def caller(self) -> User:
        """Who holds the video call: the first who may."""
        step = step_of(self.ticket, self.ticket.step)
        roles = step.roles if step else ()
        return self.staff["helpdesk" if Role.HELPDESK in roles else "verifikator"]

    @contextmanager
    def later(self, after: timedelta = 2 * MINUTE) -> Iterator[None]:
        """Tell what follows so much later, never after history ends."""
        self.moment = min(self.moment + after, self.until)
        with clock.at(self.moment):
            yield

    @property
    def workers(self) -> list[User]:
        """Whoever works in the stories: not the colleague who goes on leave."""
        return [user for name, user in self.staff.items() if name != ON_LEAVE]

    def walk(self, *, before: tuple[str, ...] = (), steps: int = 20) -> None:
        """Let the office work until a step of such a kind."""
        with clock.at(self.moment):
            self.moment = walk(
                self.ticket, self.workers, steps=steps, until=self.until,
                random=self.random, before=before,
            )  # fmt: skip

    def reach_the_verifier(self) -> None:
        """Everything is uploaded and handed in; somebody has to look at it."""
        with clock.at(self.moment):
            upload_all(self.ticket, self.random)
        self.walk(before=JUDGING)

    def reach(self, kind: str) -> None:
        """Verified with pictures of the registers, up to the step of this kind."""
        self.reach_the_verifier()
        with self.later():
            look_up_all(self.ticket, by=self.verifier)
        self.walk(before=(kind,))


@dataclass(frozen=True)
class Scene:
    """The office in which stories are told, and what later ones remember of earlier ones."""

    office: Office
    standard: Standard
    staff: dict[str, User]
    random: Random
    now: datetime
    signatories: Sequence[Signatory]
    remembered: dict[str, Ticket] = field(default_factory=dict)

    @property
    def spec(self) -> StandardSpec:
        return spec_of(self.standard.pk)

    def tale(self, ticket: Ticket, moment: datetime) -> Tale:
        return Tale(ticket, self.staff, self.random, moment, self.now)


@dataclass(frozen=True)
class Story:
    """How long ago it begins and how it goes; `tell` gets a registered ticket unless it begins at the desk."""

    tell: Callable[..., None]
    age: timedelta
    route: str = "counter"
    at_desk: bool = False
    wants: str = (
        ""  # a kind of step, `promise` or `mail`: offices without it have no such story
    )

    def suits(self, spec: StandardSpec) -> bool:
        """Whether this office's procedure can come to that."""
        if self.wants == "promise":
            return spec.time.kind != "none"
        if self.wants == "mail":
            return not set(BY_MAIL).isdisjoint(spec.intake)
        kinds = {step.kind for step in spec.procedure}
        return self.route in spec.open_routes and (
            not self.wants or self.wants in kinds
        )
