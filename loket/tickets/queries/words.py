"""What a ticket says of itself, in the language of the page."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from loket.offices.models import Office
from loket.offices.roles import Role
from loket.standards.pack import StandardSpec, Step, Text
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Document, Ticket, Turn


def words(text: Text | None) -> str:
    """A text of the pack; Indonesian when the office wrote no other, "" for none."""
    return text.get(get_language() or "id") if text else ""


def actor_name(office: Office, code: str) -> str:
    """Who does a step: the applicant, a role, or the outside party by its own name."""
    if code == "applicant":
        return _("Pemohon")
    if code in Role.values:
        return str(Role(code).label)
    party = settings_of(office).escalation.get(code)
    return words(party.outside if party else None) or code


def second_officer(spec: StandardSpec, step: Step) -> str:
    """After which steps another officer must do this one; "" where anybody of its role may."""
    if not step.not_by:
        return ""
    before = "”, “".join(words(spec.step(code).text) for code in step.not_by)
    return _("oleh petugas lain daripada yang mengerjakan “%(steps)s”") % {"steps": before}  # fmt: skip


def service_title(ticket: Ticket) -> str:
    """The name of the service as the ticket's version of the standard prints it."""
    return words(spec_of(ticket.standard_id).title)


def applicant_kind(ticket: Ticket) -> str:
    """What kind of applicant asks, such as a company."""
    kind = spec_of(ticket.standard_id).applicants.get(ticket.applicant_kind)
    return words(kind.title) if kind else ticket.applicant_kind


def route_title(ticket: Ticket) -> str:
    """The way by which the request is handled."""
    route = spec_of(ticket.standard_id).routes.get(ticket.route)
    return words(route.title) if route else ticket.route


def file_name(document: Document) -> str:
    """How a download is called: what was asked and whose, ended by what it is, never as its sender called it."""
    kind = document.file.content_type if document.file else ""
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
    stem = f"{document.ticket.number}-{document.requirement}-v{document.version}"
    return f"{stem.lower()}.{ending.get(kind, 'bin')}"


def step_of(ticket: Ticket, code: str) -> Step | None:
    """A step of this ticket's variant, None when it has none of that code."""
    steps = steps_of(ticket)
    return next((step for step in steps if step.code == code), None)


def steps_of(ticket: Ticket) -> tuple[Step, ...]:
    """The steps of this ticket's variant, in printed order."""
    spec = spec_of(ticket.standard_id)
    return spec.steps_for(ticket.route, ticket.applicant_kind)


def requirement_title(ticket: Ticket, code: str) -> str:
    """The name of a required document; its code when this version does not ask for it."""
    known = spec_of(ticket.standard_id).requirements.get(code)
    return words(known.title) if known else code


def register_name(office: Office, kind: str) -> str:
    """The name of an outside register."""
    known = settings_of(office).registers.get(kind)
    return words(known.title) if known else kind.replace("-", " ").capitalize()


def document_title(office: Office, kind: str) -> str:
    """The name of a document the office hands out."""
    known = settings_of(office).document_titles.get(kind)
    return words(known) or kind.replace("-", " ").capitalize()


def turn_of(ticket: Ticket, *, for_office: bool) -> str:
    """Whose turn it is, with the name of the officer or of the outside party where it helps."""
    if ticket.turn == Turn.OUTSIDE:
        step = step_of(ticket, ticket.step)
        who = actor_name(ticket.office, step.actor) if step else ""
        return _("Di pihak luar: %(who)s") % {"who": who}
    if ticket.turn == Turn.OFFICE and for_office:
        holder = ticket.assignee.name if ticket.assignee else _("belum diambil")
        return _("Giliran kantor: %(who)s") % {"who": holder}
    if ticket.turn == Turn.APPLICANT and not for_office:
        return _("Giliran Anda")
    return str(Turn(ticket.turn).label)


def days_until(office: Office, moment: datetime, now: datetime) -> int:
    """Midnights of the office between now and the moment."""
    return (office.local(moment).date() - office.local(now).date()) // timedelta(days=1)


def short_time(office: Office, moment: datetime, now: datetime) -> str:
    """The hour when it is today, else the day: for narrow columns whose head names the zone."""
    local = office.local(moment)
    return date_format(
        local, "j M" if days_until(office, moment, now) else "TIME_FORMAT"
    )
