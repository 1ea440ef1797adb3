"""People of a supplier: invited, accepted once, ended; the last owner stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.suppliers.actions import people
from loket.suppliers.actions.opening import Taken
from loket.suppliers.actions.people import (
    accept,
    accept_as_new,
    cancel,
    invite,
    new_invitation_link,
)
from loket.suppliers.models import Representative, SupplierInvitation
from loket.suppliers.queries.people import people_of, roles_of
from loket.tickets.models import Ticket
from tests.factories.people import hashed, officer, person
from tests.factories.registering import EMAIL, submitted

pytestmark = pytest.mark.django_db
NEW = "staf@pandan.example"


@pytest.fixture
def supplier(bogor):
    return submitted(bogor).supplier


@pytest.fixture
def owner(supplier):
    return User.objects.get(email=EMAIL)


def invited(supplier, owner, role="staff", email=NEW):
    invitation = invite(supplier, email=email, role=role, by=owner)
    return new_invitation_link(invitation)


def joined(supplier, owner, role="staff"):
    user = person()
    accept(invited(supplier, owner, role), by=user)
    return people_of(supplier).get(user=user)


def test_accepted_person_sees_the_open_tickets(supplier, owner):
    staff = joined(supplier, owner)
    assert list(Ticket.objects.visible_to(staff.user)) == [Ticket.objects.get()]
    assert [each.role for each in roles_of(staff.user)] == ["staff"]


def test_ended_person_loses_sight_at_once(supplier, owner, client):
    staff = joined(supplier, owner)
    page = f"/tiket/{Ticket.objects.get().number}/"
    client.force_login(staff.user)
    assert client.get(page).status_code == 200
    people.end(staff, by=owner)
    assert client.get(page).status_code == 404
    assert client.get(f"/usaha/{supplier.pk}/").status_code == 404
    assert (staff.ended_by, list(people_of(supplier).exclude(user=owner))) == (owner, [])  # fmt: skip


def test_person_may_come_back(supplier, owner):
    staff = joined(supplier, owner)
    people.end(staff, by=staff.user)
    accept(invited(supplier, owner), by=staff.user)
    assert Ticket.objects.visible_to(staff.user).count() == 1
    assert Representative.objects.filter(user=staff.user).count() == 2


def test_last_owner_cannot_leave(supplier, owner):
    mine = people_of(supplier).get()
    with pytest.raises(ValidationError):
        people.end(mine, by=owner)
    other = joined(supplier, owner, role="owner")
    people.end(mine, by=owner)
    with pytest.raises(ValidationError):
        people.end(other, by=other.user)


def test_only_owners_invite_and_end(supplier, owner, bogor):
    staff = joined(supplier, owner)
    mine = people_of(supplier).get(user=owner)
    for stranger in (staff.user, person(), officer(bogor)):
        with pytest.raises(PermissionDenied):
            invited(supplier, stranger)
        with pytest.raises(PermissionDenied):
            people.end(mine, by=stranger)


def test_invitation_looks_the_same_whether_the_address_has_an_account(supplier, owner):
    known = person().email
    for email in (known, NEW):
        invite(supplier, email=email, role="staff", by=owner)
    mails = Mail.objects.filter(template="suppliers/mail/invitation").order_by("id")
    assert [mail.to for mail in mails] == [known, NEW]
    assert {tuple(mail.context) for mail in mails} == {("invitation",)}


def test_invitation_is_used_once_and_only_within_its_days(supplier, owner):
    token = invited(supplier, owner)
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Conflict):
        accept(token, by=person())
    accept(token, by=person())
    with pytest.raises(Conflict):
        accept(token, by=person())


def test_later_or_cancelled_invitation_ends_the_link(supplier, owner):
    first, second = invited(supplier, owner), invited(supplier, owner)
    cancel(SupplierInvitation.objects.latest("pk"), by=owner)
    for token in (first, second, "", "unknown"):
        with pytest.raises(Conflict):
            accept(token, by=person())


def test_staff_rises_and_owner_never_falls_by_an_invitation(supplier, owner):
    staff = joined(supplier, owner)
    accept(invited(supplier, owner, role="owner"), by=staff.user)
    accept(invited(supplier, owner, role="staff"), by=staff.user)
    accept(invited(supplier, staff.user, role="staff"), by=owner)
    assert [each.role for each in people_of(supplier)] == ["owner", "owner"]


def test_invited_person_without_an_account_gets_one_for_that_address(supplier, owner):
    token = invited(supplier, owner)
    said = {"name": "Wulan Sari", "password_hash": hashed(), "language": "id"}
    with pytest.raises(Taken):
        accept_as_new(token, user_id="TUNASPANDAN", **said)
    user = accept_as_new(token, user_id="wulan.sari", **said)
    assert (user.email, user.user_id) == (NEW, "wulan.sari")
    assert people_of(supplier).filter(user=user).count() == 1


def test_too_many_invitations_a_day_are_refused(supplier, owner):
    for n in range(people.INVITATIONS_A_DAY):
        invite(supplier, email=f"a{n}@pandan.example", role="staff", by=owner)
    with pytest.raises(ValidationError):
        invite(supplier, email=NEW, role="staff", by=owner)


def test_table_refuses_half_an_end_and_an_invitation_to_nothing(supplier, owner):
    with pytest.raises(IntegrityError, match="representative_ended_by_somebody"), transaction.atomic():  # fmt: skip
        Representative.objects.update(until=clock.now())
    invite(supplier, email=NEW, role="staff", by=owner)
    with pytest.raises(IntegrityError, match="supplierinvitation_role_or_power"), transaction.atomic():  # fmt: skip
        SupplierInvitation.objects.update(role="")


def at_once(act, each):
    """Do it for all of them at the same moment; the refused give the class of their refusal."""
    start = Barrier(len(each))

    def doing(one):
        try:
            start.wait(timeout=30)
            act(one)
        except (Conflict, ValidationError) as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(each)) as pool:
        return sorted(pool.map(doing, each))


@pytest.mark.django_db(transaction=True)
def test_one_link_used_by_ten_at_once_lets_in_one(bogor):
    supplier = submitted(bogor).supplier
    token = invited(supplier, User.objects.get(email=EMAIL))
    results = at_once(lambda user: accept(token, by=user), [person() for _ in range(10)])  # fmt: skip
    assert results == ["Conflict"] * 9 + ["done"]
    assert people_of(supplier).count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_condition_one_link_would_let_in_more(bogor, monkeypatch):
    supplier = submitted(bogor).supplier
    token = invited(supplier, User.objects.get(email=EMAIL))
    meeting, update = Barrier(4), QuerySet.update

    def unconditional(rows, **changes):
        if rows.model is not SupplierInvitation or "accepted_at" not in changes:
            return update(rows, **changes)
        meeting.wait(timeout=30)
        return 1

    monkeypatch.setattr(people, "_lock", lambda supplier: None)
    monkeypatch.setattr(people, "_tell_owners", lambda invitation: None)
    monkeypatch.setattr(QuerySet, "update", unconditional)
    results = at_once(lambda user: accept(token, by=user), [person() for _ in range(4)])
    assert (results, people_of(supplier).count()) == (["done"] * 4, 5)


def two_owners(bogor):
    supplier = submitted(bogor).supplier
    joined(supplier, User.objects.get(email=EMAIL), role="owner")
    return supplier, [each.pk for each in people_of(supplier)]


def leave(pk):
    found = Representative.objects.select_related("supplier", "user").get(pk=pk)
    people.end(found, by=found.user)


@pytest.mark.django_db(transaction=True)
def test_two_last_owners_leaving_at_once_leave_one(bogor):
    supplier, pks = two_owners(bogor)
    assert at_once(leave, pks) == ["ValidationError", "done"]
    assert people_of(supplier).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_leave(bogor, monkeypatch):
    supplier, pks = two_owners(bogor)
    meeting = Barrier(2)
    monkeypatch.setattr(people, "_lock", lambda supplier: None)
    monkeypatch.setattr(people, "_end", slowly(people._end, meeting))
    assert at_once(leave, pks) == ["done", "done"]
    assert people_of(supplier).count() == 0


def slowly(end, meeting):
    """Both have counted the owners before either of them writes."""

    def ending(person, *, by):
        meeting.wait(timeout=30)
        end(person, by=by)

    return ending
