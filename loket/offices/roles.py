"""Who may do what, in one table. Roles are code: a change is a reviewed commit.

The codes are those of the sources (requirements A1-A19). What a step of a procedure asks
for stands in the standard; this table holds what no standard decides.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """What a member of an office may do beyond the steps of a procedure."""

    TICKET_READ = "ticket_read", _("Melihat tiket kantor dan berkasnya")
    TICKET_TAKE = "ticket_take", _("Mengambil tiket dan meneruskannya")
    TICKET_REPLY = (
        "ticket_reply",
        _("Menulis kepada pemohon dan membuat catatan internal"),
    )
    CHECK_RECORD = "check_record", _("Mencatat hasil pemeriksaan register luar")
    CHECK_OVERRIDE = (
        "check_override",
        _("Mengizinkan langkah walau register belum bersih"),
    )
    # Each look is logged
    IDENTITY_READ = "identity_read", _("Melihat nomor identitas secara lengkap")
    SECOND_WAIVE = (
        "second_waive",
        _("Mengizinkan petugas yang sama mengerjakan dua langkah"),
    )
    TICKET_ASSIGN = "ticket_assign", _("Menyerahkan tiket siapa pun kepada rekan")
    TICKET_REOPEN = "ticket_reopen", _("Membuka kembali tiket yang sudah berakhir")
    SUPPLIER_SUSPEND = "supplier_suspend", _("Menonaktifkan akun penyedia yang masuk Daftar Hitam")  # fmt: skip
    STANDARD_PUBLISH = "standard_publish", _("Menerbitkan versi standar pelayanan")
    STAFF_INVITE = "staff_invite", _("Mengundang dan memberhentikan petugas")


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

    @property
    def appoints(self) -> frozenset[str]:
        """The roles a holder of this one may give and take."""
        return APPOINTS.get(self, frozenset())


READER = frozenset({Permission.TICKET_READ})
COUNTER = READER | {Permission.TICKET_TAKE, Permission.TICKET_REPLY}
EXAMINER = COUNTER | {Permission.CHECK_RECORD, Permission.IDENTITY_READ}
HEAD = EXAMINER | {
    Permission.CHECK_OVERRIDE,
    Permission.SECOND_WAIVE,
    Permission.TICKET_ASSIGN,
    Permission.TICKET_REOPEN,
    Permission.SUPPLIER_SUSPEND,
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

# Nobody gives a role above his own; the installation appoints the first head.
HEADS = (Role.KEPALA_TIM, Role.KASUBAG_LPSE, Role.KEPALA_BAGIAN)
WORKERS = frozenset(Role.values) - frozenset(HEADS)
APPOINTS: dict[str, frozenset[str]] = {
    head: WORKERS | frozenset(HEADS[: rank + 1]) for rank, head in enumerate(HEADS)
}

OFFICERS = tuple(Role.values)
