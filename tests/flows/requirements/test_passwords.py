"""C16: the password a supplier chose lies readable in no table, session, cache, job or file."""

import base64
import re
import zlib
from contextlib import suppress

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection

from loket.suppliers.models import Registration
from tests.factories.people import PASSWORD
from tests.factories.registering import BUSINESS, NPWP, browser_of, confirmed, post
from tests.flows.story import Supplier, link_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CODED = re.compile(rb"[A-Za-z0-9+/_-]{16,}")


def dump():
    """Every row of every table as text, like a backup of the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT t::text FROM {name} t")  # noqa: S608  # names of tables
            found += [row[0].encode() for row in cursor.fetchall()]
    return found


def opened(row):
    """The row, and whatever in it was only coded or packed."""
    yield row
    for coded in CODED.findall(row):
        plain = base64.b64decode(coded[: len(coded) // 4 * 4], altchars=altchars(coded))
        yield plain
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(plain)


def altchars(coded):
    return b"-_" if {*b"-_"} & {*coded} else b"+/"


def readable(rows, word=PASSWORD):
    return [row for row in rows if any(word.encode() in each for each in opened(row))]


def test_search_opens_what_is_coded():
    packed = base64.urlsafe_b64encode(zlib.compress(PASSWORD.encode() * 9))
    assert len(readable([packed, base64.b64encode(PASSWORD.encode()), b"-"])) == 2


@pytest.mark.parametrize("wrong", [{"number": "12"}, {"password_again": "lain"}, {"periksa": "1"}])  # fmt: skip
def test_draft_keeps_no_readable_password_even_of_a_refused_page(bogor, wrong):
    browser = browser_of(confirmed(bogor))
    post(browser, "/kantor/kota-bogor/daftar/usaha/", BUSINESS)
    said = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD} | wrong
    post(browser, "/kantor/kota-bogor/daftar/npwp/", said)
    assert readable(dump()) == []
    assert PASSWORD not in Registration.objects.get().answers  # decrypted


@pytest.mark.parametrize("slug", ["kota-bogor", "kota-depok", "kabupaten-batang"])
def test_registered_and_signed_in_leaves_no_readable_password(packs, slug):
    tirta = Supplier(packs[slug])
    tirta.fill_in(link_in(tirta.ask_for_link()), pkp="no")
    rows = dump()
    post(tirta.browser, tirta.page("review"), {"consent": "on"})
    assert sign_in("tunaspandan")
    rows += dump()
    letters = [each.message().as_bytes() for each in mail.outbox]
    files = [each.read_bytes() for each in settings.FILES_DIR.rglob("*") if each.is_file()]  # fmt: skip
    assert (len(rows) > 1000, readable(rows + letters + files)) == (True, [])
