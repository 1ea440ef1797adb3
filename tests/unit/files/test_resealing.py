"""The installation's key is replaced under files, columns and second factors in use."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection

from loket.files import keys, resealing
from loket.files.actions import contents
from loket.files.models import OfficeKey, StoredFile
from loket.files.tasks import renew_keys
from loket.kernel import clock
from loket.kernel.crypto import EncryptedTextField, digest
from loket.kernel.ring import ensure_key, ring
from loket.suppliers.models import Registration
from tests.factories.people import person
from tests.unit.files.test_keys import kept, together

NIK = "3271000000000007"
LATER = keys.GRACE + timedelta(minutes=1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def own_ring(settings, tmp_path):
    """Keys that other tests do not share."""
    settings.LOKET_KEY_FILE = str(tmp_path / "keys" / "installation.key")
    ensure_key(Path(settings.LOKET_KEY_FILE))


def draft(office, answers=NIK):
    return Registration.objects.create(
        office=office, email="tirta@pandan.example", requested_at=clock.now(), answers=answers
    )  # fmt: skip


def everything(office):
    """One of each thing the key seals."""
    kept(office)
    draft(office)
    TOTP.activate(person(), SECRET)


def opened():
    files = {contents(file) for file in StoredFile.objects.all()}
    answers = set(Registration.objects.values_list("answers", flat=True))
    secrets = {TOTP(each).instance.wrap().instance.data["secret"] for each in Authenticator.objects.all()}  # fmt: skip
    return files, answers, len(secrets)


def under(sign):
    return sum(counts[sign] for counts in resealing.uses().values())


def later():
    return clock.at(clock.now() + LATER)


@pytest.mark.django_db
def test_everything_moves_under_the_new_key(bogor):
    everything(bogor)
    old = ring().current
    assert under(old.sign) == 3
    new = resealing.replace_key()
    before = opened()
    renew_keys()
    assert (under(old.sign), under(new.sign)) == (0, 3)
    assert opened() == before == ({b"%PDF- isi"}, {NIK}, 1)


@pytest.mark.django_db
def test_second_factor_still_proves_its_owner(bogor):
    everything(bogor)
    (factor,) = Authenticator.objects.all()
    before = resealing.get_adapter().decrypt(factor.data["secret"])
    resealing.replace_key()
    renew_keys()
    factor.refresh_from_db()
    assert resealing.get_adapter().decrypt(factor.data["secret"]) == before == SECRET


@pytest.mark.django_db
def test_replaced_key_leaves_the_ring_only_when_nothing_needs_it(bogor):
    everything(bogor)
    old = ring().current
    resealing.replace_key()
    with later():
        assert resealing.drop_replaced() == ([], [old])
    resealing.reseal()
    assert resealing.drop_replaced() == ([], [old])  # a request may still hold it
    with later():
        assert resealing.drop_replaced() == ([old], [])
    assert opened() == ({b"%PDF- isi"}, {NIK}, 1)


@pytest.mark.django_db
def test_value_of_an_unknown_key_holds_every_replaced_key(bogor):
    everything(bogor)
    old = ring().current
    resealing.replace_key()
    resealing.reseal()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE suppliers_registration SET answers = repeat('A', 80)")
    with later():
        assert resealing.drop_replaced() == ([], [old])


@pytest.mark.django_db
def test_killed_half_way_it_goes_on_where_it_was(bogor, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    for _ in range(5):
        draft(bogor)
    new = resealing.replace_key()
    column = resealing.Column(Registration, "answers")
    column.batch(0, new)
    assert column.counts()[new.sign] == 2
    resealing.reseal()
    assert column.counts() == {new.sign: 5}
    assert opened()[1] == {NIK}


@pytest.mark.django_db
def test_row_that_does_not_open_is_left_and_the_others_go_on(bogor):
    broken, whole = draft(bogor), draft(bogor)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE suppliers_registration SET answers = left(answers, 60) WHERE id = %s",
            [broken.pk],
        )
    new = resealing.replace_key()
    resealing.reseal()
    assert resealing.Column(Registration, "answers").counts()[new.sign] == 1
    assert Registration.objects.get(pk=whole.pk).answers == NIK


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), lambda raw: raw[:9]]
)
def test_key_of_an_office_that_does_not_open_holds_up_no_other(bogor, depok, spoil):
    kept(bogor), kept(depok)
    broken = OfficeKey.objects.get(office=bogor)
    OfficeKey.objects.update_or_create(
        pk=broken.pk, defaults={"wrapped": spoil(bytes(broken.wrapped))}
    )
    new = resealing.replace_key()
    renew_keys()
    assert resealing.OfficeKeys().counts()[new.sign] == 1
    with later():
        assert (resealing.drop_replaced()[0], len(ring().keys)) == ([], 2)


@pytest.mark.django_db
def test_digests_find_what_they_found_before(bogor):
    before = digest(NIK, purpose="nik")
    resealing.replace_key()
    renew_keys()
    assert digest(NIK, purpose="nik") == before


def test_every_encrypted_column_is_resealed_and_may_be_changed():
    columns = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert columns <= {each.name for each in resealing.holders()}
    fixed = [
        each.name
        for each in resealing.holders()
        if getattr(getattr(each, "model", None), "append_only", False)
    ]
    assert fixed == []


@pytest.mark.django_db(transaction=True)
def test_people_write_and_read_while_the_key_is_replaced(bogor, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 3)
    everything(bogor)
    over = threading.Event()
    seen = []

    def read():
        while not over.is_set():
            seen.append(opened())

    def write():
        for _ in range(40):
            draft(bogor)

    def rotate():
        try:
            for _ in range(4):
                resealing.replace_key()
                renew_keys()
        finally:
            over.set()

    together(read, read, write, rotate)
    assert {(frozenset(files), frozenset(answers)) for files, answers, _ in seen} == {
        (frozenset({b"%PDF- isi"}), frozenset({NIK}))
    }
    renew_keys()
    with later():
        assert [len(each) for each in resealing.drop_replaced()] == [4, 0]
    assert (len(ring().keys), Registration.objects.count()) == (1, 41)
    assert opened() == ({b"%PDF- isi"}, {NIK}, 1)
