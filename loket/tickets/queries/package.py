"""What an office pastes into the national helpdesk when it passes a problem on: exactly the fields of its form (X4, G14)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.standards.queries import spec_of
from loket.tickets.models import Escalation
from loket.tickets.queries.answers import facts_of, said_on, shown
from loket.tickets.queries.words import service_title

TITLE_AT_MOST = 120


@dataclass(frozen=True)
class Pasted:
    """One field of the other form with what belongs in it; `name` is its own, never translated."""

    name: str
    value: str

    @property
    def rows(self) -> int:
        """How high its box is."""
        return max(1, min(12, self.value.count("\n") + 1))


def package_of(escalation: Escalation) -> list[Pasted]:
    """Title, office, application, error and tender code, type, description; in the order they are asked there."""
    ticket = escalation.ticket
    spec, said = spec_of(ticket.standard_id), said_on(ticket)
    found = {
        one.package: shown(one, said[name], ticket.office)
        for name, one in spec.fields_for(ticket.applicant_kind).items()
        if one.package and said.get(name)
    }
    title = found.get("title") or f"{service_title(ticket)} {ticket.number}"
    return [
        Pasted("Judul Tiket", title[:TITLE_AT_MOST]),
        Pasted("LPSE", ticket.office.name),
        Pasted("Aplikasi", found.get("application", "")),
        Pasted("Kode Error", found.get("error_code", "")),
        Pasted("Kode Tender", found.get("tender_code", "")),
        Pasted("Tipe Tiket", found.get("type", "Permasalahan")),
        Pasted("Deskripsi", _description(escalation)),
    ]


def _description(escalation: Escalation) -> str:
    """Who has the problem, what he said of it, and what the office tried. Identity numbers stay masked."""
    ticket = escalation.ticket
    spec = spec_of(ticket.standard_id)
    person = [_("Nama: %(name)s") % {"name": ticket.applicant_name}]
    person += (
        [_("Telepon: %(phone)s") % {"phone": ticket.phone}] if ticket.phone else []
    )
    person += [_("E-mail: %(email)s") % {"email": ticket.email}] if ticket.email else []
    facts = facts_of(spec, ticket, said_on(ticket))
    lines = [f"{fact.term}: {fact.value}" for fact in facts]
    here = _("Tiket kantor: %(number)s") % {"number": ticket.number}
    return "\n".join([*person, *lines, escalation.tried, here])
