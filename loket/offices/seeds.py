"""The staff of a demo office: somebody for each role that works at a counter, all invented."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from loket.accounts.actions import add_second_factor, open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import accept_as_newcomer, appoint, invite, new_link
from loket.offices.actions.absences import Away, note_absence
from loket.offices.models import Office
from loket.offices.models.absence import AbsenceKind
from loket.offices.roles import Role

DOMAIN = "loket.example"
SERVED = timedelta(days=400)
AUDIT = timedelta(days=90)
STAFF = (
    ("front_office", Role.FRONT_OFFICE),
    ("helpdesk", Role.HELPDESK),
    ("verifikator", Role.VERIFIKATOR),
    ("verifikator2", Role.VERIFIKATOR),
    ("kepala", Role.KEPALA_TIM),
    ("auditor", Role.AUDITOR),
    ("helpdesk2", Role.HELPDESK),
    ("admin_ppe", Role.ADMIN_PPE),
    ("admin_agency", Role.ADMIN_AGENCY),
    ("trainer", Role.TRAINER),
)
FIRST = (
    "Ratna", "Bayu", "Sekar", "Tirta", "Wulan", "Galih", "Laras", "Damar", "Ayu", "Panji",
    "Niken", "Surya", "Intan", "Bagas", "Melati", "Jaya", "Puspa", "Rangga",
)  # fmt: skip
LAST = (
    "Widuri", "Lesmana", "Prameswari", "Adiguna", "Kencana", "Saputra", "Anggraini", "Pamungkas",
    "Larasati", "Wirawan", "Handayani", "Mahardika", "Puspita", "Nugraha",
)  # fmt: skip


@dataclass(frozen=True)
class SignIn:
    """What somebody who tries the demo types."""

    user: User
    password: str
    role: str
    secret: str = ""


def invented_name(random: Random) -> str:
    """Two words that no real person is meant by."""
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def hire(
    office: Office, *, password: str, password_hash: str, random: Random
) -> list[SignIn]:
    """Everybody of one office since long ago, each with a second factor; the auditor for 90 days more."""
    audit_ends = clock.now() + AUDIT
    with clock.at(clock.now() - SERVED):
        return [
            _hire(
                office,
                (place, role),
                (password, password_hash),
                until=audit_ends if role == Role.AUDITOR else None,
                random=random,
            )
            for place, role in STAFF
        ]


def _hire(
    office: Office,
    post: tuple[str, Role],
    password: tuple[str, str],
    *,
    until: datetime | None,
    random: Random,
) -> SignIn:
    place, role = post
    login = f"{place}.{office.code.lower()}"
    user = open_account(
        user_id=login, email=f"{login}@{DOMAIN}", name=invented_name(random), password_hash=password[1]
    )  # fmt: skip
    appoint(office, user, role=role, by=None, until=until)
    secret = base64.b32encode(random.randbytes(20)).decode()
    add_second_factor(user, secret=secret)
    return SignIn(user, password[0], role, secret)


def invite_auditor(
    office: Office, *, by: User, services: list[str], password: str, random: Random
) -> SignIn:
    """By the head, for these services alone; accepted, with a second factor."""
    login = f"auditor_layanan.{office.code.lower()}"
    invitation = invite(
        office, by=by, email=f"{login}@{DOMAIN}", role=Role.AUDITOR,
        until=clock.now() + AUDIT, services=services,
    )  # fmt: skip
    new_link(invitation)
    held = accept_as_newcomer(
        invitation, name=invented_name(random), user_id=login, password=password
    )
    secret = base64.b32encode(random.randbytes(20)).decode()
    add_second_factor(held.user, secret=secret)
    return SignIn(held.user, password, Role.AUDITOR, secret)


def invite_helper(office: Office, *, by: User) -> None:
    """An invitation nobody has answered yet."""
    email = f"calon.petugas.{office.code.lower()}@{DOMAIN}"
    invite(office, by=by, email=email, role=Role.HELPDESK)


def send_on_leave(office: Office, user: User, *, by: User) -> None:
    """Away from now for three days, entered by the head."""
    now = clock.now()
    away = Away(AbsenceKind.LEAVE, now, now + timedelta(days=3))
    note_absence(office, user, away, by=by)
