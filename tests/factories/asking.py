"""Whoever asks for a service with a form, and a form filled in as a browser sends it."""

from datetime import date, timedelta
from itertools import count

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.access_rights.models import AccessGrant, Position
from loket.access_rights.queries import nip_digest
from loket.kernel import clock
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.queries import in_force, spec_of
from loket.suppliers.models import Representative, Supplier, SupplierRole
from loket.suppliers.queries import tax_identity
from loket.tickets.forms.asked import NumberField
from loket.tickets.models import Ticket
from loket.ui.fields import DateField
from tests.factories.people import again, officer, person
from tests.factories.registering import NIK, NPWP

NIP = "198503122010011001"  # invented
_serial = count(1)


def supplier(owner, form="pt", name="PT Tunas Pandan", number=NPWP):
    """A business with an account, of whom `owner` decides."""
    identity = tax_identity(number)
    made = Supplier.objects.create(
        name=name, form_of_business=form, branch_kind="head", tax_id=identity.number,
        tax_id_digest=identity.digest, address="Jalan Pandan 7", province="32", regency="32.71",
        postal_code="16111", phone="081200000177", responsible_name=owner.name, claimed_at=clock.now(),
    )  # fmt: skip
    Representative.objects.create(supplier=made, user=owner, role=SupplierRole.OWNER, since=clock.now())  # fmt: skip
    return made


def official(office, name="Galih Pamungkas"):
    """Somebody whose access as an official holds at this office."""
    user = person(name)
    now = clock.now()
    AccessGrant.objects.create(
        office=office, user=user, position=Position.PPK, nip=NIP, nip_digest=nip_digest(f"{NIP}{next(_serial)}"),
        work_unit="Dinas Pandan", since=now, until=now + timedelta(days=300), granted_by=officer(office),
    )  # fmt: skip
    return user


def typed(form, *, exit_number=0):
    """What a browser sends of a form: something fitting in each field, the first of each choice but of an `exit`."""
    said = {}
    for place, (name, field) in enumerate(form.fields.items(), start=1):
        value = form.get_initial_for_field(field, name) or _fitting(
            name, field, exit_number
        )
        if isinstance(value, date):
            value = f"{value:%d-%m-%Y}"
        if isinstance(field, forms.DateTimeField) and field.required:
            later = clock.now() + timedelta(days=place)  # each after the one before
            value = f"{later:%d-%m-%Y} 14.05"
        if value not in (None, "", []):
            said[form.add_prefix(name)] = value
    return said


def _fitting(name, field, exit_number):
    choices = [value for value, _label in getattr(field, "choices", []) if value]
    if isinstance(field, forms.MultipleChoiceField):
        return choices[:2]
    if choices:
        return choices[exit_number if name == "exit" else 0]
    if isinstance(field, forms.BooleanField) or not field.required:
        return ""
    return _text(name, field)


def _text(name, field):
    today = clock.now()
    if isinstance(field, NumberField):
        return {"_nip": NIP, "_nik": NIK, "_npwp": NPWP}[
            field.parse.__qualname__.split(".")[0]
        ]
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("penawaran.rhs", b"apendo" * 99)
    fitting = {
        DateField: f"{today + timedelta(days=300):%d-%m-%Y}",
        forms.DateTimeField: f"{today:%d-%m-%Y} 14.05",
        forms.EmailField: "warta@pandan.example",
        forms.IntegerField: "3",
    }
    words = "tunaspandan" if name == "user_id" else "Keterangan dari pemohon"
    return fitting.get(type(field), words)


def at_sealing(office):
    """A forensic test that stands where the file is handed over."""
    said = {"kode_tender": "9012077", "paket": "Jembatan Pandan", "aplikasi": "Apendo 5", "gejala": "Galat."}  # fmt: skip
    ticket = _sent(office, "uji-forensik", official(office), said)
    return moved_to(ticket, "segel")


def at_hold(office, serial=0):
    """A new tax number that waits for an objection."""
    owner = person(f"Sekar {serial}")
    supplier(owner, name=f"PT Pandan {serial}", number=("0012345674543000", "0021345673543000")[serial])  # fmt: skip
    said = {"data_diubah": ["email"], "email_baru": f"baru{serial}@pandan.example"}
    return moved_to(_sent(office, "perubahan-data", owner, said), "tahan")


def _sent(office, service, user, said):
    standard = in_force(office, service)
    spec = spec_of(standard.pk)
    [way, *_] = ways_to_ask(user, office, spec)
    return submit(standard, Asked(way, spec.open_routes[0], (), said), by=again(user))


def moved_to(ticket, step):
    """The ticket at another step, whatever lies between."""
    actor = spec_of(ticket.standard_id).step(step).actor
    inside = actor in Role.values
    Ticket.objects.filter(pk=ticket.pk).update(
        step=step, status="in_progress" if inside else "waiting_outside", turn="office" if inside else "outside"
    )  # fmt: skip
    ticket.refresh_from_db()
    return ticket
