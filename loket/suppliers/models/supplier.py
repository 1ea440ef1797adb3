"""The supplier, one for the whole country."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.offices.numbers import mask


class FormOfBusiness(models.TextChoices):
    """The form of business a supplier states when it registers (F12); the packs list them by kind."""

    PT = "pt", "PT"
    CV = "cv", "CV"
    FIRM = "firma", _("Firma")
    COOPERATIVE = "koperasi", _("Koperasi")
    FOUNDATION = "yayasan", _("Yayasan")
    BLU = "blu", _("Badan layanan umum (BLU)")
    BUM_DESA = "bumdesa", _("BUM Desa")
    SOLE_COMPANY = "pt_perorangan", _("Perseroan perorangan")
    OTHER = "lain", _("Badan usaha bentuk lain")
    PERSON = "perorangan", _("Orang perseorangan")
    UD = "ud", "UD"
    PD = "pd", _("Perusahaan dagang")
    CONSULTANT = "konsultan", _("Konsultan perorangan")
    WORKER = "tenaga", _("Tenaga perorangan (PKTT, PJLP)")
    FOREIGN = "asing", _("Perusahaan asing")


class IdentityDocument(models.TextChoices):
    """What the responsible person shows of himself: Indonesians a KTP, foreigners a stay permit or passport."""

    KTP = "ktp", "KTP"
    KITAS = "kitas", "KITAS"
    KITAP = "kitap", "KITAP"
    PASSPORT = "paspor", _("Paspor")


class BranchKind(models.TextChoices):
    """Head office or branch; a branch has a NITKU of its own (F12)."""

    HEAD = "head", _("Kantor pusat")
    BRANCH = "branch", _("Kantor cabang")


class SupplierQuerySet(models.QuerySet["Supplier"]):
    """Suppliers found by what identifies them."""

    def claiming(self, tax_id_digest: str) -> "SupplierQuerySet":
        """Whoever holds this tax identity now: one supplier at most."""
        return self.filter(tax_id_digest=tax_id_digest, freed_at=None)


class Supplier(models.Model):
    """A business or person that sells to the government.

    Its tax identity is claimed at submission and freed when the request is turned down.
    `responsible_nik` is the number of whichever `identity_document` the responsible person has.
    """

    name = models.CharField(max_length=200)
    form_of_business = models.CharField(max_length=20, choices=FormOfBusiness)
    branch_kind = models.CharField(max_length=10, choices=BranchKind)
    country = models.CharField(max_length=2, default="ID")
    tax_id = EncryptedTextField()
    tax_id_digest = models.CharField(max_length=64)
    needs_check = models.BooleanField(default=False)
    pkp_number = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300)
    province = models.CharField(max_length=2, blank=True)
    regency = models.CharField(max_length=5, blank=True)
    postal_code = models.CharField(max_length=12)
    phone = models.CharField(max_length=30)
    responsible_name = models.CharField(max_length=120)
    identity_document = models.CharField(
        max_length=10, choices=IdentityDocument, default=IdentityDocument.KTP
    )
    responsible_nik = EncryptedTextField(blank=True)
    nik_digest = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    activated_office = models.ForeignKey(Office, models.PROTECT, null=True)
    activated_in = models.CharField(max_length=60, blank=True)
    rows = Rows(
        of_office=False,
        also="EXISTS (SELECT 1 FROM suppliers_representative r"
        " WHERE r.supplier_id = suppliers_supplier.id AND r.user_id = {person}"
        " AND r.until IS NULL)"
        " OR EXISTS (SELECT 1 FROM suppliers_registration g WHERE g.supplier_id = suppliers_supplier.id)"
        " OR EXISTS (SELECT 1 FROM suppliers_supplierrequest q WHERE q.supplier_id = suppliers_supplier.id)",
    )
    data_classes = classify(
        internal="form_of_business branch_kind country needs_check claimed_at freed_at "
        "activated_at activated_office activated_in identity_document",
        personal="name pkp_number address province regency postal_code phone responsible_name activated_by",
        identity="tax_id tax_id_digest responsible_nik nik_digest",
    )

    objects: ClassVar = SupplierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tax_id_digest", condition=Q(freed_at=None), name="supplier_one_per_tax_identity"
            ),
            models.CheckConstraint(
                condition=Q(activated_at=None, activated_by=None, activated_office=None, activated_in="")
                | (
                    Q(activated_at__isnull=False, activated_by__isnull=False)
                    & Q(activated_office__isnull=False) & ~Q(activated_in="")
                ),
                name="supplier_activated_by_somebody_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(activated_at=None) | Q(freed_at=None),
                name="supplier_active_keeps_its_tax_identity",
            ),
            models.CheckConstraint(
                condition=~Q(country="ID") | (~Q(province="") & ~Q(regency="")),
                name="supplier_of_indonesia_has_region",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["nik_digest"], name="supplier_of_nik")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_tax_id(self) -> str:
        """The tax number as officers see it before they ask."""
        return mask(self.tax_id or "")

    @property
    def masked_nik(self) -> str:
        """The NIK of the responsible person as officers see it before they ask."""
        return mask(self.responsible_nik or "")
