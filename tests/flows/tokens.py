"""Links by mail of every kind: used, expired, taken back, and one that still works."""

from datetime import timedelta

from loket.access_rights.actions import new_link as new_official_link
from loket.access_rights.models import AccessRequest
from loket.access_rights.queries import rules_of
from loket.kernel import clock
from loket.offices.actions import invite, withdraw
from loket.offices.actions.invitations import new_link as new_staff_link
from loket.offices.queries import hash_of
from loket.offices.roles import Role
from loket.suppliers.actions import confirm, new_link
from loket.suppliers.actions.drafts import new_report_link
from loket.suppliers.actions.people import (
    cancel,
    invite as invite_person,
    new_invitation_link,
)
from loket.suppliers.models import Link
from tests.factories.people import again
from tests.factories.registering import asked
from tests.unit.access_rights.asking import asked as asked_official


def tokens_of(found, head):
    """Real tokens of the side that open nothing any more."""
    address = f"tautan@{found.mark.lower()}.example"
    draft = asked(found.office, address)
    used, late, reported = new_link(draft), new_link(draft), new_report_link(found.office, registration=draft, request=None)  # fmt: skip
    confirm(used)
    over = {"expires_at": clock.now() - timedelta(minutes=1)}
    Link.objects.filter(token_hash__in=[hash_of(late), hash_of(reported)]).update(
        **over
    )
    owner = again(found.applicant)
    person = invite_person(found.ticket.registration.supplier, email=address, role="staff", by=owner)  # fmt: skip
    taken_back = new_invitation_link(person)
    cancel(person, by=owner)
    offered = invite(found.office, by=head, email=address, role=Role.TRAINER)
    withdrawn = new_staff_link(offered)
    withdraw(offered, by=head)
    return [
        used,
        late,
        reported,
        taken_back,
        withdrawn,
        *official_tokens(found, address),
    ]


def official_tokens(found, address):
    """Where officials come in: a link that is over."""
    if rules_of(found.office) is None:
        return []
    request = asked_official(found.office, address)
    token = new_official_link(request)
    over = clock.now() - timedelta(minutes=1)
    AccessRequest.objects.filter(pk=request.pk).update(token_expires_at=over)
    return [token]


def living_tokens(found):
    """Address of the link by name of its route, and its token; each would open at its own office."""
    draft = asked(found.office, f"hidup@{found.mark.lower()}.example")
    tokens = {
        "suppliers:link": new_link(draft),
        "suppliers:not_me": new_report_link(
            found.office, registration=draft, request=None
        ),
    }
    if rules_of(found.office) is not None:
        request = asked_official(found.office, f"hidup@{found.mark.lower()}.example")
        tokens["access_rights:link"] = new_official_link(request)
    return tokens
