"""A registration in the state a test needs: what is typed, and who has got how far."""

from django.test import Client

from loket.kernel import once
from loket.suppliers.actions import answer, begin, confirm, new_link, submit
from loket.suppliers.models import Registration
from loket.suppliers.queries import TERMS_VERSION
from tests.factories.people import hashed

EMAIL = "halo@pandan.example"
NPWP = "801234568404000"  # invented; its check digit is right
OTHER_NPWP = "817654320404000"
NIK = "3276015508950003"
BUSINESS = {
    "applicant_kind": "badan-usaha",
    "form_of_business": "cv",
    "branch_kind": "head",
}
IDENTITY = {
    "user_id": "tunaspandan",
    "name": "CV Tunas Pandan",
    "responsible_name": "Ratna Widuri",
    "nik": NIK,
    "address": "Jalan Cendana 12",
    "regency": "32.71",
    "postal_code": "16123",
    "phone": "0812 0000 0177",
}


def asked(office, email=EMAIL):
    """Somebody asked for a link."""
    begin(office, email=email, language="id")
    return Registration.objects.filter(email=email).latest("pk")


def confirmed(office, email=EMAIL):
    """Somebody used his link."""
    return confirm(new_link(asked(office, email)))


def filled_in(office, email=EMAIL, *, npwp=NPWP, business=None, facts=(), **identity):
    """A draft that only waits to be sent."""
    draft = confirmed(office, email)
    answer(draft, page="business", said=business or BUSINESS)
    answer(draft, page="tax", said={"number": npwp})
    answer(draft, page="identity", said=IDENTITY | {"facts": list(facts)} | identity)
    draft.password_hash = hashed()
    draft.save()
    return draft


def submitted(office, email=EMAIL, **how):
    """A registration with its ticket."""
    draft = filled_in(office, email, **how)
    send(draft)
    return draft


def send(draft):
    """Send a draft in under the terms of today."""
    return submit(draft, route="counter", terms_version=TERMS_VERSION)


def browser_of(draft):
    """The browser in which the draft's link was used."""
    client = Client()
    session = client.session
    session["registration"] = draft.pk
    session.save()
    client.cookies["sesi"] = session.session_key
    return client


def post(client, url, data=()):
    """Send a form the way a page does: with a fresh one-time key."""
    return client.post(url, {**dict(data), once.FIELD: once.new_key()})
