"""A small office of one's own, whose procedure and promise a test writes itself."""

from textwrap import indent

from loket.kernel import clock
from loket.standards.actions import load_packs
from loket.standards.queries import in_force
from loket.tickets.actions import Applicant, Request, open_ticket
from tests.factories.people import person

OFFICE = """\
schema: 1
office: kota-uji
code: UJI
name: LPSE Kota Uji
parent: Sekretariat Daerah Kota Uji
time_zone: {zone}
registration_mode: registrar
languages: [id]
places:
  - {{code: kantor, name: Kantor, regency: "32.71"}}
contacts:
  email: [loket@kota-uji.example]
calendars: {calendars}
uploads: {{types: [pdf], at_most_mb: 4}}
password: {{classes: [upper, digit], strength: green}}
confirm_link: {{valid_hours: 72}}
reopen_within_days: 7
close_unanswered_after_days: 14
escalation:
  lkpp: {{outside: LKPP}}
document_titles:
  bukti: Lembar bukti
"""
STANDARD = """\
schema: 1
service: layanan-uji
effective: 2024-02-01
title: Layanan uji
audience: supplier
intake: [counter]
routes:
  counter: {{title: Loket, via: loket}}
applicants:
  usaha: {{title: Badan usaha, forms: [pt], asks: [ktp]}}
requirements:
  ktp: {{title: KTP}}
proxy: {{allowed: false}}
time: {time}
{hours}
products:
  hasil: {{title: Hasil}}
procedure:
{procedure}
"""
NO_PROMISE = "{kind: none}"
LOKET = "{loket: {week: {mon-fri: ['09:00-12:00', '13:00-15:00']}}}"


def office(
    folder,
    procedure,
    *,
    time=NO_PROMISE,
    hours="loket",
    zone="Asia/Jakarta",
    calendars=LOKET,
):
    """Load the office; with empty `hours` its standard names no calendar."""
    pack = folder / "kota-uji"
    (pack / "standards").mkdir(parents=True)
    (pack / "office.yaml").write_text(OFFICE.format(zone=zone, calendars=calendars))
    steps = indent("\n".join(f"- {{{step}}}" for step in procedure), "  ")
    standard = STANDARD.format(
        time=time, hours=f"hours: {hours}" if hours else "", procedure=steps
    )
    (pack / "standards" / "layanan-uji.yaml").write_text(standard)
    [loaded] = load_packs([pack], by=None)
    return loaded


def ticket_at(place, *, at=None):
    """A request at this office, now or at another moment."""
    with clock.at(at or clock.now()):
        user = person()
        request = Request(in_force(place, "layanan-uji"), "counter", "usaha", "counter")
        ticket = open_ticket(place, request, Applicant("CV Uji", user), by=user)
        ticket.applicant = user
        return ticket
