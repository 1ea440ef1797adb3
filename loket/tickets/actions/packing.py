"""The uploads of a ticket as one ZIP, for a helpdesk that takes files by hand (G14)."""

import io
import zipfile

from django.core.exceptions import PermissionDenied

from loket.accounts.models import User
from loket.files.actions import look
from loket.files.permissions import Withheld
from loket.tickets.models import Document, Ticket
from loket.tickets.permissions import takes_tickets
from loket.tickets.queries.words import file_name


def pack_files(ticket: Ticket, *, by: User) -> bytes:
    """A ZIP of what the applicant uploaded and the scanner cleared, each look logged; what is withheld is named in it."""
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    made = io.BytesIO()
    withheld = []
    given = Document.objects.filter(ticket=ticket, file__isnull=False)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in given.select_related("file__key", "ticket").order_by("id"):
            if document.file is None or document.file.destroyed_at:
                continue
            try:
                data = look(document.file, by=by, as_what="officer")
            except Withheld as reason:
                withheld.append(f"{file_name(document)}: {reason}")
            else:
                archive.writestr(file_name(document), data)
        if withheld:
            archive.writestr("TIDAK-DISERTAKAN.txt", "\n".join(withheld))
    return made.getvalue()
