"""Dates as people type them, in both languages of the pages."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format

from loket.ui.fields import DateField


@pytest.fixture(params=["id", "en"], autouse=True)
def language(request):
    with translation.override(request.param):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "17/08/2026",
        "17-08-2026",
        "17-8-2026",
        "2026-08-17",
        "17 Agustus 2026",
        " 17  agustus 2026 ",
        "17 Agt. 2026",
        "17 August 2026",
        "17Agustus2026",
    ],
)
def test_dates_people_write(text):
    assert DateField().clean(text) == dt.date(2026, 8, 17)


def test_first_number_is_always_the_day():
    assert DateField().clean("03/04/2026") == dt.date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["11/22/2026", "17/08/26", "17 Agustusan 2026", "31 Februari 2026"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError):
        DateField().clean(text)


def test_every_month_has_its_indonesian_name():
    with translation.override("id"):
        for number in range(1, 13):
            day = dt.date(2026, number, 9)
            assert DateField().clean(date_format(day, "j F Y")) == day


def test_times_are_read_with_dot_or_colon():
    assert forms.TimeField().clean("14.05") == dt.time(14, 5)
    assert forms.TimeField().clean("14:05") == dt.time(14, 5)


def test_date_and_time_together():
    read = forms.DateTimeField().clean("23/11/2026 14.05")
    assert read.isoformat() == "2026-11-23T14:05:00+07:00"


def test_month_first_is_refused_with_a_time_too():
    with pytest.raises(ValidationError):
        forms.DateTimeField().clean("11/22/2026 14.05")
