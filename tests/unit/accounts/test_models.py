"""One account per person: names differ by more than their capitals."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from loket.accounts.actions import open_account
from loket.accounts.models import User
from tests.factories.people import PASSWORD, hashed, person

pytestmark = pytest.mark.django_db


def opened(user_id, email):
    return open_account(
        user_id=user_id, email=email, name="Ratna Widuri", password_hash=hashed()
    )


@pytest.mark.parametrize(
    ("user_id", "email", "rule"),
    [
        ("RATNA", "lain@pandan.example", "user_one_per_user_id"),
        ("lain", "Ratna@Pandan.example", "user_one_per_email"),
    ],
)
def test_capitals_make_no_second_person(user_id, email, rule):
    opened("ratna", "ratna@pandan.example")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        opened(user_id, email)
    assert refusal.value.__cause__.diag.constraint_name == rule


def test_account_is_opened_with_a_confirmed_address():
    user = opened("ratna", "ratna@pandan.example")
    (address,) = user.emailaddress_set.all()
    assert (address.email, address.verified, address.primary) == (user.email, True, True)  # fmt: skip
    assert user.check_password(PASSWORD)
    assert PASSWORD not in user.password


def test_failed_opening_leaves_no_half_of_an_account():
    opened("ratna", "ratna@pandan.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        opened("lain", "ratna@pandan.example")
    assert list(User.objects.values_list("user_id", flat=True)) == ["ratna"]


def test_people_are_found_in_any_capitals():
    user = person(user_id="tirtapandan")
    assert User.objects.get_by_natural_key("TirtaPandan") == user
    assert User.objects.registered(user.email.upper()) == user
    assert User.objects.registered("siapa@pandan.example") is None


def test_hash_is_the_memory_hard_one():
    assert person().password.partition("$")[0] == "scrypt"
    assert get_user_model() is User
