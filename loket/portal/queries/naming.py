"""Laws by their full names, as a decree writes them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from loket.standards.pack import OfficeSpec, legal_register

KINDS = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "PermenPANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Perka LKPP": "Peraturan Kepala LKPP",
    "Perlem LKPP": "Peraturan LKPP",
    "SE Kepala LKPP": "Surat Edaran Kepala LKPP",
    "SE Deputi II LKPP": "Surat Edaran Deputi II LKPP",
}


def law_names(codes: tuple[str, ...], settings: OfficeSpec) -> Iterator[str]:
    """The cited rules in printed order. Their standing today is no part of a paper once decided: see `laws`."""
    register = legal_register()
    for code in codes:
        law = register.get(code) or settings.own_rules.get(code)
        if law is None:
            yield code
            continue
        kind = KINDS.get(law.kind, law.kind)
        year = _("Tahun %(year)s") % {"year": law.year} if law.year else ""
        number = _("Nomor %(number)s") % {"number": law.number}
        about = _("tentang %(title)s") % {"title": law.title}
        yield " ".join(filter(None, (kind, number, year, about)))
