"""Laws by their full names, as a decree writes them: a name, so Indonesian in a paper of any language."""

from collections.abc import Iterator

from loket.standards.pack import OfficeSpec, legal_register
from loket.ui.parts import in_indonesian

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
        year = f"Tahun {law.year}" if law.year else ""
        about = f"tentang {law.title}"
        parts = (kind, f"Nomor {law.number}", year, about)
        yield in_indonesian(" ".join(filter(None, parts)))
