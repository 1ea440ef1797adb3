"""Who decides about officials: the roles the office's pack names, and never about oneself."""

from loket.access_rights.models import AccessRequest, OutsideAccount
from loket.access_rights.queries import rules_of
from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.permissions import Person, has_role, may, standing
from loket.offices.roles import Permission


def decides_at(user: Person, office: Office) -> bool:
    """Whether this person approves officials here."""
    rules = rules_of(office)
    return rules is not None and has_role(user, rules.approved_by, office.pk)


def may_decide(user: User, asked: AccessRequest) -> bool:
    """Somebody else than whoever asked (nobody approves what he submitted)."""
    is_own = user.email.lower() == asked.email.lower()
    return not is_own and decides_at(user, asked.office)


def offices_deciding(user: Person) -> list[int]:
    """The offices at which this person decides about officials."""
    found = Office.objects.filter(pk__in=standing(user).by_office)
    return [office.pk for office in found if decides_at(user, office)]


def ends_accounts(user: User, account: OutsideAccount) -> bool:
    """Whoever works on tickets there, but nobody his own."""
    works = may(user, Permission.TICKET_TAKE, account.office_id)
    return works and account.holder_user_id != user.pk
