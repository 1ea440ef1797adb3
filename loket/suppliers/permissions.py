"""Who of an office helps people whose registration mail does not arrive."""

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.permissions import has_role
from loket.offices.roles import OFFICERS, Role

HEADS = (Role.KEPALA_TIM, Role.KASUBAG_LPSE, Role.KEPALA_BAGIAN)
HELPERS = (Role.FRONT_OFFICE, Role.HELPDESK, Role.VERIFIKATOR, *HEADS)
ALARMED = (Role.HELPDESK, *HEADS)


def reads_at(user: User, office: Office) -> bool:
    """Whether this officer works at this office at all, an auditor included."""
    return has_role(user, OFFICERS, office.pk)


def helps_at(user: User, office: Office) -> bool:
    """Whether this officer may have the office's registration mails sent again."""
    return has_role(user, HELPERS, office.pk)
