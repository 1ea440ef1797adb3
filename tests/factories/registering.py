"""A registration in the state a test needs: what is typed, and who has got how far."""

import json
import re
from html import unescape

from altcha import Challenge, Payload, solve_challenge
from django.test import Client

from loket.kernel import once
from loket.suppliers.actions import answer, ask, begin, confirm, new_link, submit
from loket.suppliers.queries import TERMS_VERSION
from tests.factories.people import hashed

CHALLENGE = re.compile(r'data-challenge="([^"]+)"')
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
    "identity_document": "ktp",
    "nik": NIK,
    "address": "Jalan Cendana 12",
    "regency": "32.71",
    "postal_code": "16123",
    "phone": "0812 0000 0177",
}


def requested(office, email=EMAIL, language="id"):
    """Somebody asked for a link, and the job decided on the mail."""
    request = ask(office, email=email, language=language)
    begin(request)
    return request


def asked(office, email=EMAIL):
    """The draft of somebody who asked for a link."""
    return requested(office, email).registration


def ask_on_page(client, url, email=EMAIL, **more):
    """Ask the way a browser with JavaScript does: the proof of work is done."""
    page = client.get(url).content.decode()
    challenge = json.loads(unescape(CHALLENGE.search(page)[1]))
    said = {"email": email, "altcha": proof_of(challenge)}
    return post(client, url, said | more)


def proof_of(challenge):
    """What the browser's part of the proof of work sends."""
    posed = Challenge.from_dict(challenge)
    return Payload(posed, solve_challenge(posed)).to_base64()


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
