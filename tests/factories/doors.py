"""The pages of the door and of the account, as a browser uses them."""

import re

from django.conf import settings
from django.test import Client

from loket.kernel import once
from loket.kernel.mail import write
from loket.kernel.models import Mail
from tests.factories.people import PASSWORD

WRONG = "Keliru-Pandan-27"


def send(client, address, /, *, where=None, **said):
    """Send a form with a fresh key; `where` is the network address it comes from."""
    more = {"REMOTE_ADDR": where} if where else {}
    return client.post(address, said | {once.FIELD: once.new_key()}, **more)


def sign_in(login, password=PASSWORD, *, client=None, where=None):
    client = client or Client()
    return client, send(client, "/masuk/", login=login, password=password, where=where)


def who(client):
    return client.session.get("_auth_user_id")


def letters(to=None):
    """What the outbox would send: (kind, address), the oldest first."""
    found = Mail.objects.filter(template="accounts/mail/letter").order_by("pk")
    return [(mail.context["kind"], mail.to) for mail in found if to in (None, mail.to)]


def link_in(kind):
    """Send the latest mail of this kind and give the path of its link."""
    mail = Mail.objects.filter(context__kind=kind).latest("pk")
    return re.search(rf"{re.escape(settings.SITE_URL)}(/\S+)", write(mail).text)[1]
