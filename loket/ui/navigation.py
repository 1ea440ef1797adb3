"""The addresses every page links to; the rooms above answer them."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext

HOME = "/"
LOOKUP = "/lacak/"
PAPER = "/bukti/"
CREDITS = "/sumber-data/"
TERMS = "/ketentuan/"
TICKETS = "/tiket/"
SIGN_IN = "/masuk/"
RECOVER = "/masuk/lupa/"
SIGN_OUT = "/keluar/"
ACCOUNT = "/akun/"
BUSINESS = "/usaha/"
DESK = "/meja/"
DESK_SEARCH = "/meja/cari/"
MAILBOX = "/_surat/"


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `count` stands behind the words on the desk's rail, and how many of them are late or nearly so."""

    label: str
    href: str
    current: bool = False
    icon: str = ""
    count: int | None = None
    late: int = 0
    soon: int = 0


@dataclass(frozen=True)
class Group:
    """A heading of the desk's rail and the links below it."""

    title: str
    links: tuple[Link, ...]


def office_home(slug: str) -> str:
    """The page of one office."""
    return f"/kantor/{slug}/"


def service(slug: str, code: str) -> str:
    """What one service of an office asks, promises and gives."""
    return f"{office_home(slug)}layanan/{code}/"


def letter(slug: str, code: str) -> str:
    """A letter of an office to be signed, blank."""
    return f"{office_home(slug)}formulir/{code}/"


def letter_pdf(slug: str, code: str, language: str) -> str:
    """The same as PDF, once it is drawn."""
    return f"{letter(slug, code)}{language}.pdf"


def own_letter(number: str, code: str) -> str:
    """The same with what the applicant of this ticket told the office."""
    return f"{TICKETS}{number}/formulir/{code}/"


def prints(slug: str) -> str:
    """Everything an office prints: its promise, its standards, its letters."""
    return f"{office_home(slug)}cetakan/"


def staff(slug: str) -> str:
    """Who works at an office."""
    return f"{DESK}{slug}/petugas/"


def roles(slug: str) -> str:
    """What each role may do."""
    return f"{DESK}{slug}/peran/"


def officials(slug: str) -> str:
    """Officials who ask for access, and those who have it."""
    return f"{DESK}{slug}/pejabat/"


def registration_mails(slug: str) -> str:
    """Mails of the registration that did not arrive."""
    return f"{DESK}{slug}/pendaftaran/"


def follow_ups(slug: str) -> str:
    """Suppliers whose data are not yet in SIKaP."""
    return f"{DESK}{slug}/sikap/"


def accounts(slug: str) -> str:
    """Accounts the office granted in other systems."""
    return f"{DESK}{slug}/akun/"


def log(slug: str) -> str:
    """The office's log of disturbances, problems and requests."""
    return f"{DESK}{slug}/catatan/"


def desk_group() -> Group:
    """The way back to the lists, for pages of rooms that do not know them."""
    return Group(gettext("Daftar kerja"), (Link(gettext("Meja kerja"), DESK, icon="list"),))  # fmt: skip


def menu(path: str, *, office: str = "", signed_in: bool = False) -> list[Link]:
    """The main menu of the portal; inside an office its services come first."""
    services = office_home(office) if office else HOME
    at_lookup = path.startswith(LOOKUP)
    at_tickets = path.startswith(TICKETS)
    at_services = path == HOME or path.startswith("/kantor/")
    links = [
        Link(pgettext("menu", "Layanan"), services, current=at_services),
        Link(gettext("Lacak tiket"), LOOKUP, current=at_lookup),
    ]
    if signed_in:
        links.append(Link(gettext("Tiket saya"), TICKETS, current=at_tickets))
    return links


def start() -> str:
    """Where a signed-in person begins; the portal decides between desk and tickets."""
    try:
        return reverse(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return HOME


def other_language(path: str, language: str) -> Link:
    """The link that shows the same page in the other language."""
    code, label = ("id", "Bahasa Indonesia") if language == "en" else ("en", "English")
    return Link(label, f"/bahasa/{code}/?kembali={quote(path)}", icon=code)
