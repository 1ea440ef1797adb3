"""What the three offices publish about themselves stands in their packs, row by row (B9-B15, W1-W4, K9, L2)."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("name", "code", "zone"),
    [
        ("kota-bogor", "BGR", "Asia/Jakarta"),
        ("kota-depok", "DPK", "Asia/Jakarta"),
        ("kabupaten-batang", "BTG", "Asia/Jakarta"),
    ],
)
def test_an_office_is_named_as_its_folder(bogor, depok, batang, name, code, zone):
    offices = {pack.office.office: pack.office for pack in (bogor, depok, batang)}
    assert (offices[name].code, offices[name].time_zone) == (code, zone)


def test_bogor_prints_its_contacts(bogor):
    contacts = bogor.office.contacts
    assert contacts.telephone == ("0251-8325943",)
    assert contacts.fax == ("0251-8325943",)
    assert contacts.whatsapp == ("08151667956",)
    assert contacts.email == (
        "lpsekotabogor@yahoo.co.id",
        "lpse@kotabogor.go.id",
        "lpsekotabogor@gmail.com",
    )
    assert contacts.website == "https://eproc.kotabogor.go.id/eproc4/"
    assert contacts.helpdesk == "http://helpdesklpse.kotabogor.go.id/"
    assert contacts.call_centre == ("021-29935777", "144")
    assert contacts.suggestion_box is False


def test_depok_prints_its_contacts(depok):
    contacts = depok.office.contacts
    assert contacts.telephone == ("021-7521440",)
    assert contacts.whatsapp == ("08111355507",)
    assert contacts.email == (
        "hdlpsedepok@gmail.com",
        "infolpse@ukpbj.depok.go.id",
        "helpdesklpse@ukpbj.depok.go.id",
    )
    assert contacts.suggestion_box is True


def test_batang_prints_one_mail_address(batang):
    assert batang.office.contacts.email == ("lpsebatangkab@gmail.com",)
    assert batang.office.contacts.telephone == ()


def test_places_are_where_the_papers_say(bogor, depok, batang):
    (mall,) = bogor.office.places
    assert mall.name == "Mal Pelayanan Publik Grha Tiyasa"
    assert mall.regency == "32.71"
    (counter,) = depok.office.places
    assert counter.address == "Jalan Margonda Raya Nomor 54, Depok"
    assert (counter.postal_code, counter.regency) == ("16431", "32.76")
    (unknown,) = batang.office.places
    assert (unknown.address, unknown.regency) == (None, "33.25")


def test_bogor_opens_four_hours_without_a_break(bogor):
    assert bogor.office.calendar("mpp").days() == dict.fromkeys(
        ("mon", "tue", "wed", "thu", "fri"), ("10:00-14:00",)
    )


def test_depok_breaks_longer_on_friday(depok):
    days = depok.office.calendar("loket").days()
    assert days["mon"] == days["thu"] == ("09:00-12:00", "13:00-14:00")
    assert days["fri"] == ("09:00-11:30", "13:00-14:00")
    assert tuple(days) == ("mon", "tue", "wed", "thu", "fri")


def test_depok_other_services_have_no_end_and_no_friday(depok):
    calendar = depok.office.calendar("kantor")
    assert calendar.has_open_end
    assert calendar.open_end_counts_until == "15:30"
    assert calendar.days() == dict.fromkeys(("mon", "tue", "wed", "thu"), ("09:00-",))


def test_depok_auditors_have_no_break(depok):
    days = depok.office.calendar("auditor").days()
    assert days == dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-14:00",))


def test_an_office_without_that_calendar_says_so(batang):
    with pytest.raises(KeyError):
        batang.office.calendar("loket")


def test_depok_decree_recalls_each_law_once(depok):
    decree = depok.office.decrees["kpts-2023"]
    assert decree.number == "821.2/003/Kpts/UKPBJ/2023"
    assert decree.date == date(2023, 9, 1)
    assert len(decree.considering) == 3
    assert decree.recalling == (
        "uu-39-2008", "uu-14-2008", "uu-23-2014", "uu-25-2009", "pp-18-2016",
        "perpres-16-2018", "perpres-12-2021", "pp-96-2012", "permenpanrb-35-2012",
        "permenpanrb-15-2014", "permendagri-112-2018",
    )  # fmt: skip


def test_bogor_quality_policy_has_five_promises(bogor):
    assert len(bogor.office.pages["kebijakan-mutu"].points) == 5


def test_bogor_uploads_pdf_of_four_megabytes(bogor):
    uploads = bogor.office.uploads
    assert (uploads.types, uploads.at_most_mb) == (("pdf",), 4)


def test_batang_delivery_limit_is_an_alarm_not_the_validity(batang):
    link = batang.office.confirm_link
    assert (link.deliver_within_hours, link.valid_hours) == (48, 72)


def test_every_office_asks_the_same_password_classes(bogor, depok, batang):
    rules = {pack.office.password.classes for pack in (bogor, depok, batang)}
    assert rules == {("upper", "lower", "digit", "symbol")}


def test_the_own_procedures_of_bogor_have_their_numbers(bogor):
    assert [rule.number for rule in bogor.office.own_rules.values()] == [
        "SOP-LPSE.KTBGR-020",
        "SOP-LPSE.KTBGR-021",
        "SOP-LPSE.KTBGR-024",
    ]


def test_a_limit_stored_by_an_older_version_is_read_and_kept_small(bogor):
    """What stands in the database is never refused on a page; only `pack check` refuses it."""
    stored = bogor.office.uploads.model_dump() | {"exhibit_at_most_mb": 500}
    assert type(bogor.office.uploads).model_validate(stored).sealed_at_most_mb == 16
