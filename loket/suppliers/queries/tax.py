"""Tax identities as they are claimed, and the digests identity numbers are found by."""

from dataclasses import dataclass

from loket.kernel.crypto import digest
from loket.kernel.fence import as_system
from loket.suppliers.models import Supplier
from loket.suppliers.numbers import parse_npwp

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


def nik_digest(nik: str) -> str:
    """What a NIK is found by."""
    return digest(nik, purpose="nik") if nik else ""


@as_system()
def is_claimed(identity: TaxIdentity) -> bool:
    """Whether some supplier, at whatever office, holds this tax identity (F13)."""
    return Supplier.objects.claiming(identity.digest).exists()
