"""What may leave a file, by what the scanner said. Who may ask is decided by the room whose object it is."""

from django.utils.translation import gettext as _

from loket.files.models import Scan, StoredFile
from loket.kernel.errors import Conflict


class Withheld(Conflict):
    """Nothing of this kind leaves the file now; the text says why."""


def check_scan(file: StoredFile, *, whole: bool) -> None:
    """Raise `Withheld` unless the pictures, or the `whole` original, may be seen (design 6)."""
    if file.scan == Scan.HELD:
        raise Withheld(_("Berkas ini sedang dipindai. Coba lagi sebentar."))
    if file.scan == Scan.INFECTED:
        raise Withheld(_("Berkas ini mengandung virus dan tidak dibuka."))
    if whole and not file.hands_out:
        raise Withheld(
            _("Berkas ini belum dipindai. Yang dapat dilihat hanya gambarnya.")
        )
