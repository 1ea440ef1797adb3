"""Who may do what, in one table. Roles are code: a change is a reviewed commit.

The codes are those of the sources (requirements A1-A19). What a step of a procedure asks
for stands in the standard; this table holds what no standard decides.
"""

from enum import StrEnum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a member of an office may do beyond the steps of a procedure."""

    TICKET_READ = auto()  # see the office's tickets and their documents
    TICKET_TAKE = auto()  # take a ticket, hand it on
    TICKET_REPLY = auto()  # write to the applicant, write an internal note
    CHECK_RECORD = auto()  # record the result of an outside register
    IDENTITY_READ = auto()  # see an identity number unmasked; each look is logged
    TICKET_REOPEN = auto()  # reopen what was closed
    STANDARD_PUBLISH = auto()  # publish a new version of a standard
    STAFF_INVITE = auto()  # invite and dismiss officers


class Role(models.TextChoices):
    """The roles as the sources name them."""

    FRONT_OFFICE = "front_office", _("Front office")
    HELPDESK = "helpdesk", _("Helpdesk")
    VERIFIKATOR = "verifikator", _("Verifikator")
    ADMIN_PPE = "admin_ppe", _("Admin PPE")
    ADMIN_AGENCY = "admin_agency", _("Admin Agency")
    TRAINER = "trainer", _("Trainer")
    KEPALA_TIM = "kepala_tim", _("Kepala Tim LPSE")
    KASUBAG_LPSE = "kasubag_lpse", _("Kasubag Pengelolaan LPSE")
    KEPALA_BAGIAN = "kepala_bagian", _("Kepala Bagian")
    AUDITOR = "auditor", _("Auditor")

    @property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self]


READER = frozenset({Permission.TICKET_READ})
COUNTER = READER | {Permission.TICKET_TAKE, Permission.TICKET_REPLY}
EXAMINER = COUNTER | {Permission.CHECK_RECORD, Permission.IDENTITY_READ}
HEAD = EXAMINER | {
    Permission.TICKET_REOPEN,
    Permission.STANDARD_PUBLISH,
    Permission.STAFF_INVITE,
}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.FRONT_OFFICE: COUNTER,
    Role.HELPDESK: EXAMINER,
    Role.VERIFIKATOR: EXAMINER,
    Role.ADMIN_PPE: COUNTER,
    Role.ADMIN_AGENCY: COUNTER,
    Role.TRAINER: COUNTER,
    Role.KEPALA_TIM: HEAD,
    Role.KASUBAG_LPSE: HEAD,
    Role.KEPALA_BAGIAN: HEAD,
    Role.AUDITOR: READER,
}

OFFICERS = tuple(Role.values)
