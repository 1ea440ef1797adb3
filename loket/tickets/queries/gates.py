"""What a shut gate says: which register holds the step up, and what to do."""

from django.utils.translation import gettext as _

from loket.standards.pack import Step
from loket.tickets.models import Ticket
from loket.tickets.queries.checks import Gate
from loket.tickets.queries.words import register_name
from loket.ui.templatetags.dates import wib


def trouble_words(ticket: Ticket, step: Step, gate: Gate) -> str:
    """One sentence for the officer; empty for a gate without trouble."""
    check = gate.asked.check
    facts = {
        "register": register_name(ticket.office, gate.asked.kind),
        "time": wib(check.at, ticket.office.zone) if check else "",
        "officer": check.by.name if check else "",
        "hours": step.recheck_hours,
    }
    return str(_sentence(gate.trouble, step) % facts) if gate.trouble else ""


def _sentence(trouble: str, step: Step) -> str:
    if trouble == "stale" and step.recheck_hours:
        return _(
            "%(register)s terakhir dilihat %(time)s, lebih dari %(hours)s jam lalu. Lihat lagi, lalu catat hasilnya."
        )
    return {
        "unchecked": _("%(register)s belum diperiksa. Buka registernya, lalu catat hasilnya."),
        "stale": _("%(register)s terakhir dilihat %(time)s. Lihat lagi hari ini, lalu catat hasilnya."),
        "bad": _("%(register)s: tidak sesuai, dicatat %(officer)s %(time)s. Langkah ini tertahan sampai hasilnya sesuai atau kepala memberi pengecualian."),
        "unclear": _("%(register)s belum jelas, dicatat %(officer)s %(time)s. Lihat lagi, atau minta pengecualian kepala."),
    }[trouble]  # fmt: skip
