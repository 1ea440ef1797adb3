"""The records a pack is made of: frozen, strict, and with one canonical way to write each."""

import pytest
from pydantic import ValidationError

from loket.standards.pack import CalendarSpec, Requirement, Step, Text, Time, When

STEP = {
    "step": "datang",
    "kind": "receive_documents",
    "actor": "applicant",
    "text": "Datang",
}


def step(**more):
    return Step.model_validate({**STEP, **more})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("helpdesk", ("helpdesk",)),
        (["helpdesk"], ("helpdesk",)),
        (["helpdesk", "trainer"], ("helpdesk", "trainer")),
    ],
)
def test_one_deputy_may_stand_without_a_list(written, read):
    assert step(**{"with": written}).also == read


@pytest.mark.parametrize(("written", "canonical"), [(1, 1), ([1], 1), ([2, 3], [2, 3])])
def test_one_printed_point_is_written_alone(written, canonical):
    kept = step(prints=written).model_dump(by_alias=True, exclude_defaults=True)
    assert kept["prints"] == canonical


def test_needs_may_be_one_text_or_several():
    assert step(needs="KTP").needs == (Text(id="KTP"),)
    both = step(needs=["KTP", {"id": "NPWP", "en": "Tax number"}]).needs
    assert [one.get("en") for one in both] == ["KTP", "Tax number"]


def test_the_printed_actor_stands_before_his_deputies():
    assert step(**{"with": "helpdesk"}).roles == ("applicant", "helpdesk")


def test_parameters_of_a_step_are_those_written():
    assert step(returns_to="awal").params == {"returns_to": "awal"}
    assert step().params == {}


@pytest.mark.parametrize(
    ("when", "matches"),
    [
        ({}, True),
        ({"routes": ["counter"]}, True),
        ({"routes": ["remote"]}, False),
        ({"applicants": ["usaha"]}, True),
        ({"applicants": ["asing"]}, False),
        ({"routes": ["counter"], "applicants": ["asing"]}, False),
    ],
)
def test_a_variant_matches_route_and_applicant(when, matches):
    assert When.model_validate(when).matches("counter", "usaha") is matches


def test_a_record_is_never_changed():
    with pytest.raises(ValidationError, match="frozen"):
        step().kind = "reject"


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Loket"), ("en", "Counter"), ("en-gb", "Counter"), ("jv", "Loket")]
)  # fmt: skip
def test_a_text_speaks_english_only_to_english_readers(language, words):
    assert Text(id="Loket", en="Counter").get(language) == words


def test_a_text_without_english_is_written_plain():
    assert Text.model_validate("Loket").model_dump() == "Loket"
    assert Text(id="Loket", en="Counter").model_dump() == {
        "id": "Loket",
        "en": "Counter",
    }


@pytest.mark.parametrize("empty", ["", "   ", {"en": "Counter"}])
def test_a_text_needs_indonesian_words(empty):
    with pytest.raises(ValidationError):
        Text.model_validate(empty)


def test_a_purpose_is_written_for():
    advised = Requirement.model_validate({"title": "Izin", "for": "sikap"})
    assert advised.purpose == "sikap"


def test_a_time_in_calendar_hours_needs_no_service_hours():
    day = {"kind": "max", "value": 24, "unit": "calendar_hours", "from": "submitted", "covers": ["a"]}  # fmt: skip
    assert Time.model_validate(day).value == 24


@pytest.mark.parametrize(
    "week",
    [
        {"monday": ["09:00-12:00"]},
        {"mon-": ["09:00-12:00"]},
        {"mon": ["9:00-12:00"]},
        {"mon": ["09.00-12.00"]},
        {"mon": ["12:00-09:00"]},
        {"mon": ["09:00-24:00"]},
        {"mon": ["09:00-12:00", "12:00-13:00"]},
        {"mon-wed": ["09:00-12:00"], "tue": ["09:00-10:00"]},
        {},
    ],
)
def test_hours_that_make_no_sense_are_refused(week):
    with pytest.raises(ValidationError):
        CalendarSpec.model_validate({"week": week})


def test_a_range_of_days_is_spelled_out():
    calendar = CalendarSpec.model_validate(
        {"week": {"mon-wed": ["09:00-12:00"], "sat": ["10:00-11:00"]}}
    )
    assert calendar.days() == {
        "mon": ("09:00-12:00",),
        "tue": ("09:00-12:00",),
        "wed": ("09:00-12:00",),
        "sat": ("10:00-11:00",),
    }
    assert calendar.has_open_end is False
