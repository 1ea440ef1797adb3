"""The forms at the end: what is sent and agreed to, and what officers say about SIKaP."""

import pytest

from loket.suppliers.forms import FollowUpForm, ReviewForm
from loket.suppliers.queries import registration_spec
from tests.unit.suppliers.test_forms import wrong

pytestmark = pytest.mark.django_db


def test_only_way_through_loket_is_taken_without_asking(bogor):
    form = ReviewForm({"consent": "on"}, spec=registration_spec(bogor))
    assert form.is_valid()
    assert form.cleaned_data["route"] == "counter"


def test_way_the_office_does_not_open_is_refused(depok):
    form = ReviewForm(
        {"consent": "on", "route": "remote"}, spec=registration_spec(depok)
    )
    assert list(wrong(form)) == ["route"]


def test_nothing_is_sent_without_consent(bogor):
    form = ReviewForm({}, spec=registration_spec(bogor))
    assert wrong(form) == {"consent": ["Setujui ketentuan untuk mengirim pendaftaran"]}


def test_follow_up_left_out_needs_a_reason():
    assert FollowUpForm({"result": "confirmed"}).is_valid()
    assert wrong(FollowUpForm({"result": "waived", "note": " "})) == {
        "note": ["Tulis alasannya."]
    }
    assert FollowUpForm({"result": "waived", "note": "Sudah punya"}).is_valid()
