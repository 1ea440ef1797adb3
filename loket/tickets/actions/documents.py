"""Documents given and what officers find about them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.actions import Limits, store_upload
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.standards.queries import settings_of, spec_of
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.models import Document, Proof, Ticket, Verdict
from loket.tickets.permissions import (
    does_current_step,
    has_judged,
    is_party,
    judges,
    takes_tickets,
)
from loket.tickets.queries import AskedDocument, asked_documents
from loket.tickets.queries.documents import waiting_for_verdict
from loket.tickets.queries.reasons import reasons_of


@transaction.atomic
def give_document(
    ticket: Ticket, requirement: str, *, by: User, data: bytes | None, name: str = ""
) -> Document:
    """Add a version of a required document: an upload, or (without data) the original at the counter."""
    ticket.lock()
    _check_giver(ticket, by, is_upload=data is not None)
    state = next(
        (each for each in asked_documents(ticket) if each.code == requirement), None
    )
    if state is None:
        raise ValidationError(_("Berkas ini tidak diminta untuk tiket ini."))
    if state.is_accepted:
        raise WrongStatus(_("Berkas ini sudah diterima."))
    file = data and _stored(ticket, data, name, by)
    return _add(ticket, state, file or None, by=by)


def _add(
    ticket: Ticket, state: AskedDocument, file: StoredFile | None, *, by: User
) -> Document:
    """The next version of a required document."""
    document = Document.objects.create(
        office=ticket.office,
        ticket=ticket,
        requirement=state.code,
        version=state.version + 1,
        file=file,
        given_by=by,
        at=clock.now(),
        recorded_at=clock.now(),
    )
    record(
        ticket,
        "document_given",
        by=by,
        requirement=state.code,
        version=document.version,
    )
    return document


@transaction.atomic
def ask_proxy(
    ticket: Ticket, *, asked: bool, shown_as: str = "", shown_by: str = ""
) -> None:
    """Ask the papers of a proxy too, or no longer; `shown_as` and `shown_by` say who came."""
    ticket.lock()
    ticket.uses_proxy = asked
    ticket.shown_as, ticket.shown_by = shown_as, shown_by
    ticket.save(update_fields=["uses_proxy", "shown_as", "shown_by"])


@transaction.atomic
def attach(ticket: Ticket, papers: dict[str, StoredFile], *, by: User) -> None:
    """Put papers that are kept already beside a ticket, each where its standard asks for it."""
    ticket.lock()
    for state in asked_documents(ticket):
        if state.code in papers:
            _add(ticket, state, papers[state.code], by=by)


def _stored(ticket: Ticket, data: bytes, name: str, by: User) -> StoredFile:
    uploads = settings_of(ticket.office).uploads
    limits = Limits(types=uploads.types, at_most_mb=uploads.at_most_mb)
    return store_upload(ticket.office, data=data, name=name, limits=limits, by=by)


def _check_giver(ticket: Ticket, by: User, *, is_upload: bool) -> None:
    """The applicant uploads while it is his turn; officers note what they see while it is theirs."""
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    if is_upload and is_party(by, ticket):
        if not does_current_step(by, ticket):
            raise WrongStatus(_("Petugas sedang memeriksa berkas Anda."))
    elif not takes_tickets(by, ticket):
        raise PermissionDenied


@dataclass(frozen=True)
class Finding:
    """What an officer found about a document: a refusal names a coded reason."""

    accepted: bool
    original_seen: bool = False
    reason: str = ""
    note: str = ""


def note_infected(file: StoredFile, *, by: None) -> None:
    """The scanner found a virus: the ticket remembers it, and whoever gave a document is told; evidence stops counting."""
    documents = Document.objects.filter(file=file).select_related("ticket")
    for document in documents:
        record(
            document.ticket,
            "document_infected",
            by=by,
            requirement=document.requirement,
            version=document.version,
        )
    for proof in Proof.objects.filter(file=file).select_related("ticket"):
        record(
            proof.ticket,
            "proof_infected",
            by=by,
            purpose=proof.purpose,
            sha256=file.sha256,
        )


def _check_seen(document: Document, finding: Finding) -> None:
    """Nobody accepts what nobody could look at."""
    if finding.accepted and document.file and not document.file.shows_pages:
        raise ValidationError(
            _("Berkas ini belum dapat dilihat. Tunggu hasil pemindaian, lalu putuskan.")
        )


def _asks_original(document: Document) -> bool:
    spec = spec_of(document.ticket.standard_id)
    return "original" in spec.requirements[document.requirement].show


def _check_judge(ticket: Ticket, by: User) -> None:
    """Who could judge before the ticket went on is told so; everybody else may not."""
    if is_party(by, ticket):
        raise PermissionDenied
    if judges(by, ticket):
        return
    if does_current_step(by, ticket) or has_judged(by, ticket):
        raise WrongStatus(_("Langkah ini sudah diselesaikan petugas lain."))
    raise PermissionDenied


@transaction.atomic
def judge(document: Document, finding: Finding, *, by: User, after: int) -> Verdict:
    """Accept one document, its original seen where the standard asks for it, or name what is wrong.

    `after` is the last revision `by` has seen.
    """
    ticket = document.ticket
    ticket.lock()
    _check_judge(ticket, by)
    _check_seen(document, finding)
    if not finding.accepted and finding.reason not in reasons_of(ticket.office):
        raise ValidationError({"reason": _("Pilih alasannya.")})
    if finding.accepted and not finding.original_seen and _asks_original(document):
        message = _("Standar meminta aslinya. Tandai setelah aslinya Anda lihat.")
        raise ValidationError({"original_seen": message})
    try:
        with transaction.atomic():
            verdict = Verdict.objects.create(
                office_id=document.office_id,
                document=document,
                revision=after + 1,
                accepted=finding.accepted,
                original_seen=finding.original_seen,
                reason="" if finding.accepted else finding.reason,
                note=finding.note,
                by=by,
                at=clock.now(),
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise WrongStatus(_("Petugas lain sudah memutus berkas ini.")) from error
    record(
        ticket, "document_accepted" if finding.accepted else "document_refused",
        by=by, requirement=document.requirement, reason=verdict.reason,
    )  # fmt: skip
    return verdict


Seen = tuple[Finding, int]


@transaction.atomic
def judge_all(ticket: Ticket, found: dict[str, Seen], *, by: User) -> None:
    """Every document that waits for a verdict at once, each with what was found and the last revision seen.

    All or none; one left untouched is a refusal, and what is wrong is said by its code.
    """
    ticket.lock()
    asked = waiting_for_verdict(ticket)
    waiting = {each.code: each.document for each in asked if each.document}
    wrong = {
        code: ValidationError(_("Beri putusan untuk berkas ini."))
        for code in waiting.keys() - found.keys()
    }
    if found.keys() - waiting.keys():
        raise WrongStatus(_("Petugas lain sudah memutus berkas ini."))
    for code, (finding, after) in found.items():
        try:
            judge(waiting[code], finding, by=by, after=after)
        except ValidationError as error:
            wrong[code] = ValidationError(error.messages)
    if wrong:
        raise ValidationError(wrong)
