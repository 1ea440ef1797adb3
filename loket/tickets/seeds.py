"""Demo tickets walk through their procedures by the same kinds of step as real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from textwrap import wrap
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.forms import Form
from PIL import Image, ImageDraw

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.kinds import KINDS
from loket.standards.pack import FormField, Step
from loket.standards.queries import spec_of
from loket.tickets.actions import (
    Answer,
    Evidence,
    Finding,
    give_document,
    judge,
    record_check,
    take,
)
from loket.tickets.models import Said, Ticket
from loket.tickets.permissions import does_step
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.queries.checks import gates_of
from loket.tickets.queries.progress import hours_for
from loket.tickets.steps import kind_of

SAID: dict[str, dict[str, Any]] = {
    "follow_up_sikap": {"result": "confirmed", "source": "Layar SIKaP di loket"},
    "explain": {"body": "Sudah kami periksa. Langkahnya kami tuliskan di sini; balas bila masih ada yang kurang jelas."},
    "perform_outside": {"reference": "CTH-2207", "body": "Sudah kami kerjakan. Silakan coba masuk lagi."},
    "escalate": {"tried": "Sudah diperiksa dan dicoba ulang di kantor; hasilnya sama."},
    "receive_outside_result": {"result": "Perbaikan sudah dipasang pada aplikasi.", "reference": "LS-0077"},
    "apply_data_change": {"reference": "CTH-2208", "body": "Data sudah kami ubah."},
    "disclose_user_id": {"user_id": "contoh.penyedia", "body": ""},
    "record_trial": {"opened": "no", "application": "Apendo 5", "finding": "Galat 7: tanda tangan berkas tidak cocok.", "at": None},
}  # fmt: skip
MEANT = {
    "new_name": "PT Contoh Maju Bersama",
    "account": "contoh.akun",
}
TERM = timedelta(days=300)  # of an account whose form names no end
SKIPPED = 0.5  # share of the optional fields
SOURCES = {"kswp": "DJP Online", "npwp": "DJP Online", "nib": "OSS", "daftar-hitam": "daftar-hitam.inaproc.id"}  # fmt: skip


def walk(
    ticket: Ticket,
    staff: Sequence[User],
    *,
    steps: int,
    until: datetime,
    random: Random,
    before: Sequence[str] = (),
) -> datetime:
    """Complete so many steps within the office's hours, none after `until` or of a kind in `before`; when that was."""
    moment = clock.now()
    for _ in range(steps):
        step = ticket.is_open and spec_of(ticket.standard_id).step(ticket.step)
        if not step or step.kind in before:
            break
        worker = _whoever_does(ticket, step, staff)
        pause = timedelta(minutes=random.choice((1, 2, 2, 3, 4, 6)))
        following = _when_open(ticket, moment + pause)
        if worker is None or following > until:
            break
        with clock.at(following):
            if not _is_done(ticket, step, by=worker):
                break
        moment = following
    return moment


def _is_done(ticket: Ticket, step: Step, *, by: User) -> bool:
    """Do the step, unless its time is not over."""
    try:
        do_step(ticket, step, by=by)
    except ValidationError:
        if not KINDS[step.kind].elapses:
            raise
        return False
    return True


def do_step(ticket: Ticket, step: Step, *, by: User) -> None:
    """Whatever the step's kind needs before its button, then the button."""
    if step.actor != "applicant" and ticket.assignee_id != by.pk:
        take(ticket, by=by)
    if KINDS[step.kind].judges:
        _look_at_everything(ticket, by)
    look_again(ticket, step, by=by)
    form = kind_of(step).form(ticket, step)
    said: dict[str, Any] = {name: _first(field) for name, field in form.fields.items()}
    said |= SAID.get(step.kind, {}) | _said_here(ticket, step, form)
    if KINDS[step.kind].asks:
        asked = spec_of(ticket.standard_id).fields_for(ticket.applicant_kind)
        said = {"said": sample_said(asked, Random(ticket.pk))}  # noqa: S311 - examples
    kind_of(step).complete(ticket, step, by=by, **said)


def _said_here(ticket: Ticket, step: Step, form: Form) -> dict[str, Any]:
    """What differs from ticket to ticket."""
    if step.kind == "take_exhibit":
        sealed = ContentFile(f"contoh {ticket.number}".encode(), name="penawaran.rhs")
        return {"file": sealed, "handed_by": ticket.applicant_name, "kept_at": "", "sha256": "", "name": ""}  # fmt: skip
    if step.kind == "grant_access":
        until = form.initial["until"] or (clock.now() + TERM).date()
        account = form.initial["account"] or f"contoh.{ticket.pk}"
        return {"systems": form.initial["systems"], "account": account, "until": until, "body": ""}  # fmt: skip
    return {}


SAMPLES = {
    "line": "CTH-10772", "text": "Contoh: sudah dicoba dua kali, hasilnya sama seperti kemarin.",
    "email": "kantor@pandan.example", "phone": "0812 0000 0177", "nip": "198503122010011001",
    "nik": "3271014503850007", "npwp": "0012345678901000",
}  # fmt: skip


def sample_said(asked: dict[str, FormField], random: Random) -> Said:
    """A form filled in with what is plainly an example."""
    now = clock.now() + timedelta(days=random.randrange(8, 20))
    found: Said = {}
    for name, one in asked.items():
        now += timedelta(days=1)  # each moment after the one before
        if one.optional and random.random() < SKIPPED:
            continue
        found[name] = _sample(one, now, random)
    return found


def _sample(one: FormField, now: datetime, random: Random) -> Any:
    if codes := list(one.choices):
        some = one.kind == "many"
        return codes[: random.randrange(1, len(codes))] if some else random.choice(codes)  # fmt: skip
    if one.kind == "number":
        return random.randrange(1, 12)
    if one.kind in ("date", "moment"):
        return (now.date() if one.kind == "date" else now).isoformat()
    return MEANT.get(one.means or "", SAMPLES[one.kind])[: one.at_most or None]


def _first(field: Any) -> Any:
    """The first real answer of a choice, nothing for the rest."""
    answers = [value for value, _ in getattr(field, "choices", []) if value]
    if not answers:
        wanted = field.label if field.required else getattr(field, "empty_value", None)
        return field.initial or wanted
    return field.coerce(answers[0]) if hasattr(field, "coerce") else answers[0]


def _look_at_everything(ticket: Ticket, by: User) -> None:
    for check in asked_checks(ticket):
        if check.check is None and may(by, Permission.CHECK_RECORD, ticket.office_id):
            _look_into(ticket, check.kind, by)
    for asked in asked_documents(ticket):
        if asked.document is not None and not asked.is_accepted:
            finding = Finding(accepted=True, original_seen=True)
            judge(asked.document, finding, by=by, after=asked.revision)


def look_again(ticket: Ticket, step: Step, *, by: User) -> None:
    """Look into the registers that this step wants to be clear, and find them so."""
    for gate in gates_of(ticket, step, asked_checks(ticket)):
        if not gate.is_open:
            _look_into(ticket, gate.asked.kind, by)


def look_up_all(ticket: Ticket, *, by: User) -> None:
    """Look into every register the documents ask for, and keep a picture of each."""
    for asked in asked_checks(ticket):
        if asked.check is None:
            picture = sample_picture(f"Laman {SOURCES.get(asked.kind, 'resmi')}")
            _look_into(ticket, asked.kind, by, Evidence(picture, "layar.png"))


def _look_into(ticket: Ticket, kind: str, by: User, evidence: Evidence | None = None) -> None:  # fmt: skip
    source = SOURCES.get(kind, "Laman resmi")
    record_check(ticket, kind, Answer("good", source, evidence=evidence), by=by)


def refuse_first(
    ticket: Ticket, staff: Sequence[User], *, share: float, random: Random
) -> None:
    """In a share of the tickets that stand at verification one document cannot be read."""
    ticket.refresh_from_db()
    if not ticket.is_open or random.random() > share:
        return
    step = spec_of(ticket.standard_id).step(ticket.step)
    worker = _whoever_does(ticket, step, staff)
    if not KINDS[step.kind].judges or worker is None:
        return
    take(ticket, by=worker)
    for place, asked in enumerate(asked_documents(ticket)):
        if asked.document is not None:
            finding = Finding(place > 0, original_seen=place > 0, reason="cut_off")
            judge(asked.document, finding, by=worker, after=asked.revision)
    kind_of(step).complete(ticket, step, by=worker)


def upload_all(ticket: Ticket, random: Random) -> None:
    """The applicant uploads what is missing and what was refused."""
    applicant = applicant_of(ticket)
    for asked in asked_documents(ticket):
        if asked.document is not None and not asked.is_refused:
            continue
        title = str(asked.requirement.title)
        data = sample_pdf(title, random)
        give_document(
            ticket, asked.code, by=applicant, data=data, name=f"{asked.code}.pdf"
        )


def applicant_of(ticket: Ticket) -> User:
    """Whose request it is."""
    return ticket.parties.select_related("user").order_by("pk")[0].user


def sample_picture(title: str) -> bytes:
    """A small drawing that says of which screen it would be a picture."""
    page = Image.new("RGB", (480, 300), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 479, 40), fill="#3d5a50")
    draw.text((14, 10), "CONTOH, bukan layar asli", fill="white", font_size=16)
    draw.multiline_text((14, 60), "\n".join(wrap(title, 40)), fill="#211d18", font_size=18)  # fmt: skip
    draw.ellipse((190, 140, 290, 240), outline="#857b6d", width=4)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def sample_pdf(title: str, random: Random) -> bytes:
    """One page that says what it would be, with lines where writing would stand."""
    page = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 40, 580, 420), outline="#857b6d", width=2)
    draw.text((60, 60), "CONTOH, bukan dokumen asli", fill="#a52a1f", font_size=22)
    draw.multiline_text(
        (60, 100), "\n".join(wrap(title, 40)), fill="#211d18", font_size=22
    )
    for top in range(200, 400, 36):
        draw.line((60, top, random.randrange(260, 520), top), fill="#857b6d", width=6)
    out = BytesIO()
    page.save(out, "PDF", resolution=75)
    return out.getvalue()


def _whoever_does(ticket: Ticket, step: Step, staff: Sequence[User]) -> User | None:
    able = [each for each in staff if does_step(each, ticket, step)]
    mine = [each for each in able if each.pk == ticket.assignee_id]
    return next(iter(mine or able), None)


def _when_open(ticket: Ticket, moment: datetime) -> datetime:
    hours = hours_for(ticket, spec_of(ticket.standard_id))
    if hours is None or hours.is_open(moment):
        return moment
    return hours.opens_next(moment) + timedelta(minutes=7)
