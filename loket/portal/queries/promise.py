"""What a standard promises, in a few words: time, cost and product."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from loket.standards.pack import StandardSpec, Time
from loket.tickets.queries.words import words
from loket.ui.parts import Fact
from loket.ui.templatetags.dates import durasi

LIMITS = {"max": gettext_lazy("Paling lama"), "about": gettext_lazy("Kira-kira")}
BEGINNINGS = {
    "submitted": gettext_lazy("sejak permohonan diajukan"),
    "documents_received": gettext_lazy("sejak berkas diterima kantor"),
    "file_complete": gettext_lazy("sejak berkas lengkap"),
    "called": gettext_lazy("sejak nomor antrean dipanggil"),
}


def amount(time: Time) -> str:
    """The promised amount: "15 menit" of office time, or "24 jam" by the wall clock."""
    value = time.value or 0
    if time.unit == "calendar_hours":
        return ngettext("%(n)d jam", "%(n)d jam", value) % {"n": value}
    return durasi(value, "jam")


def beginning(time: Time) -> str:
    """From when the promise counts (C6)."""
    return str(BEGINNINGS[time.counts_from]) if time.counts_from else ""


def promise_line(time: Time) -> str:
    """One phrase: "Paling lama 15 menit"; what the office printed when it promises no time (C5)."""
    if time.kind == "none":
        return words(time.printed) or _("Tanpa janji waktu")
    return f"{LIMITS[time.kind]} {amount(time)}"


def promise(time: Time) -> Fact:
    """The promise as a fact: the limit, the amount, and from when."""
    if time.kind == "none":
        return Fact(_("Jangka waktu"), promise_line(time))
    return Fact(str(LIMITS[time.kind]), amount(time), beginning(time))


def cost(spec: StandardSpec) -> Fact:
    """What the service costs, or that the standard is silent about it."""
    if spec.cost is None:
        return Fact(_("Biaya"), _("Tidak disebut"), _("tanyakan kepada kantor"))
    rupiah = (
        _("Gratis") if spec.cost.amount == 0 else f"Rp {intcomma(spec.cost.amount)}"
    )
    return Fact(_("Biaya"), rupiah, words(spec.cost.printed))


def product(spec: StandardSpec) -> Fact:
    """What the applicant leaves with."""
    titles = [words(one.title) for one in spec.products.values()]
    others = (
        _("dan %(others)s") % {"others": ", ".join(titles[1:])} if titles[1:] else ""
    )
    return Fact(_("Hasil"), titles[0] if titles else _("Tidak disebut"), others)
