"""Signatures and electronic stamps inside the documents of a ticket, as the desk shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from loket.files.models import SignatureReport, SignatureVerdict
from loket.files.signatures import Root
from loket.standards.queries import settings_of
from loket.tickets.models import Document, Ticket
from loket.tickets.queries.documents import AskedDocument
from loket.tickets.queries.words import words
from loket.ui.parts import Tone
from loket.ui.templatetags.dates import wib

METERAI = "e-meterai"  # the register that these stamps say something about
SHOWN: dict[str, tuple[Tone, str]] = {
    SignatureVerdict.NONE: ("away", "info"),
    SignatureVerdict.TRUSTED: ("good", "check"),
    SignatureVerdict.UNKNOWN: ("warn", "info"),
    SignatureVerdict.BROKEN: ("bad", "alert"),
    SignatureVerdict.UNREAD: ("warn", "info"),
}


@dataclass(frozen=True)
class Found:
    """One signature in words."""

    title: str
    verdict: str
    tone: Tone
    icon: str
    facts: str = ""
    warning: str = ""


def roots_of(ticket: Ticket) -> list[Root]:
    """The certificates this office trusts."""
    given = settings_of(ticket.office).signature_roots
    return [Root(one.use, one.certificate) for one in given]


def with_signatures(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Read along what was found in each file, without a statement of its own."""
    names = ("verdict", "use", "signer", "issuer", "made_at", "is_whole")
    rows = SignatureReport.objects.filter(file=OuterRef("file")).order_by("number")
    found = rows.values(row=JSONObject(**{name: name for name in names}))
    return documents.annotate(signatures=ArraySubquery(found))


def signatures_of(ticket: Ticket, document: Document | None) -> list[Found]:
    """What was found in this version; nothing as long as nobody looked."""
    rows: Iterable[dict[str, Any]] = getattr(document, "signatures", None) or ()
    return [_found(ticket, row) for row in rows]


def _found(ticket: Ticket, row: dict[str, Any]) -> Found:
    tone, icon = SHOWN[row["verdict"]]
    verdict = str(SignatureVerdict(row["verdict"]).label)
    if not row["signer"] and not row["issuer"]:
        return Found(_("Tanda tangan elektronik"), verdict, tone, icon)
    made = row["made_at"] and wib(datetime.fromisoformat(row["made_at"]), ticket.office.zone)  # fmt: skip
    facts = (row["signer"], _("penerbit %(name)s") % {"name": row["issuer"]}, made)
    is_added_to = not row["is_whole"] and row["verdict"] != SignatureVerdict.BROKEN
    return Found(
        _("E-meterai") if row["use"] == "meterai" else _("Tanda tangan elektronik"),
        verdict,
        tone,
        icon,
        " · ".join(filter(None, facts)),
        _("Sesudahnya ditambahkan tanda tangan lain.") if is_added_to else "",
    )


def stamps_found(ticket: Ticket, asked: Iterable[AskedDocument]) -> list[str]:
    """For the officer who looks up an electronic stamp: what loket saw in the documents that need one."""
    return [
        f"{words(one.requirement.title)}: {found.title}, {found.verdict}"
        for one in asked
        if METERAI in one.requirement.checks
        for found in signatures_of(ticket, one.document)
    ]
