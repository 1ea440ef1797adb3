"""Tax identities as they are claimed, and the digests identity numbers are found by."""

from dataclasses import dataclass

from loket.kernel.crypto import digest
from loket.kernel.fence import as_system
from loket.offices.numbers import parse_npwp
from loket.standards.pack import StandardSpec
from loket.suppliers.models import IdentityDocument, Registration, Supplier

HOME_COUNTRY = "ID"


@dataclass(frozen=True)
class TaxIdentity:
    """A tax number with its country; `key` is one text for every spelling of it."""

    country: str
    number: str
    key: str
    needs_check: bool

    @property
    def digest(self) -> str:
        """What stands in the unique column instead of the number."""
        return digest(f"{self.country}:{self.key}", purpose="tax-identity")


def tax_identity(number: str, *, country: str = HOME_COUNTRY) -> TaxIdentity:
    """An NPWP or NITKU of Indonesia, or the number of another country, which nothing here can check."""
    if country == HOME_COUNTRY:
        npwp = parse_npwp(number)
        return TaxIdentity(country, npwp.digits, npwp.key, npwp.needs_check)
    plain = "".join(sign for sign in number.upper() if sign.isalnum())
    return TaxIdentity(country, plain, plain, needs_check=True)


@dataclass(frozen=True)
class Known:
    """What can be told of a tax number before anybody looked: `kswp` is pending, not_applicable or empty."""

    kswp: str
    needs_check: bool


def known_of(registration: Registration, spec: StandardSpec) -> Known:
    """What the page says under a number that was looked up (F13); KSWP is of Indonesia only."""
    typed = registration.typed
    checked = typed.get("checked", {})
    kind = typed["business"]["applicant_kind"]
    if checked.get("country", HOME_COUNTRY) != HOME_COUNTRY:
        return Known("not_applicable", needs_check=False)
    is_asked = spec.is_checked(kind, "kswp")
    needs_check = bool(checked) and tax_identity(checked["number"]).needs_check
    return Known("pending" if is_asked else "", needs_check)


def nik_digest(nik: str, document: str = IdentityDocument.KTP) -> str:
    """What a NIK, or the number of another document of identity, is found by."""
    number = nik if document == IdentityDocument.KTP else f"{document}:{nik}"
    return digest(number, purpose="nik") if nik else ""


def own_nik(registration: Registration) -> str:
    """The owner's NIK where it was typed as tax number: nobody is asked for it twice."""
    tax = registration.typed.get("tax", {})
    if tax.get("country", HOME_COUNTRY) != HOME_COUNTRY or not tax.get("number"):
        return ""
    npwp = parse_npwp(tax["number"])
    return npwp.digits if npwp.kind == "nik" else ""


@as_system()
def is_claimed(identity: TaxIdentity) -> bool:
    """Whether some supplier, at whatever office, holds this tax identity (F13)."""
    return Supplier.objects.claiming(identity.digest).exists()
