"""Demo requests: a form filled in and sent by the same action as a browser's."""

from datetime import datetime
from random import Random

from loket.accounts.models import User
from loket.kernel import clock
from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.models import Ticket
from loket.tickets.seeds import sample_said


def ask_for(standard: Standard, user: User, at: datetime, random: Random) -> Ticket | None:  # fmt: skip
    """One request at that moment, in whatever way this person may ask; None where he may not."""
    spec = spec_of(standard.pk)
    with clock.at(at):
        ways = ways_to_ask(user, standard.office, spec)
        if not ways:
            return None
        way = random.choice(ways)
        facts = tuple(
            name for name in spec.facts_for(way.kind) if random.random() < 0.5
        )
        fields = spec.fields_for(way.kind)
        said = sample_said(fields, random)
        for name in said:
            if fields[name].means == "new_address" and way.supplier:
                said[name] = f"{way.supplier.address}, lantai 2"
        asked = Asked(way, spec.open_routes[0], facts, said)
        return submit(standard, asked, by=user)
