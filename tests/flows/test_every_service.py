"""Every service of every office, told from its public page to the closed ticket, through addresses alone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.standards.kinds import KINDS
from loket.standards.pack import read_pack
from loket.standards.queries import services_in_force, spec_of
from loket.tickets.models import Outcome, Status, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.words import step_of
from loket.tickets.steps import kind_of
from loket.tickets.tasks import close_old_tickets
from tests.factories.asking import official, supplier, typed
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.flows.story import text_of

pytestmark = pytest.mark.django_db
LONGEST = 40  # steps; a procedure that never ends is a defect


def asked_with_a_form():
    """(office, service, kind of applicant, route), and which exit each decision takes."""
    for path in sorted(settings.PACKS_DIR.iterdir()):
        pack = read_pack(path)
        for spec in pack.standards:
            if not KINDS[spec.procedure[0].kind].asks:
                continue
            exits = max((len(step.exits) for step in spec.procedure), default=0) or 1
            for kind in spec.applicants:
                for route in spec.open_routes:
                    for chosen in range(exits):
                        yield path.name, spec.service, kind, route, chosen


class Telling:
    """One request: its applicant, and an officer for every role that is needed."""

    def __init__(self, office, service, kind, route, chosen):
        self.office, self.service, self.kind = office, service, kind
        self.route, self.chosen = route, chosen
        self.standard = next(
            s for s in services_in_force(office) if s.service.code == service
        )
        self.spec = spec_of(self.standard.pk)
        self.officers = {}
        self.now = clock.now()

    def applicant(self):
        forms = self.spec.applicants[self.kind].forms
        user = official(self.office) if self.spec.audience == "official" else person("Arga Wiratama")  # fmt: skip
        self.way = self.kind
        if forms:
            self.way = f"{self.kind}.{supplier(user, form=forms[0]).pk}"
        self.user, self.browser = user, Client()
        self.browser.force_login(user)

    def ask(self):
        """From the public page by its button to the ticket."""
        page = reverse("portal:service", args=[self.office.slug, self.service])
        address = reverse("requests:ask", args=[self.office.slug, self.service])
        assert address in Client().get(page).content.decode()
        assert Client().get(address)["Location"].startswith("/masuk")
        address += f"?sebagai={self.way}"
        form = self.browser.get(address).context["form"]
        said = typed(form) | ({"route": self.route} if "route" in form.fields else {})
        self.ticket = Ticket.objects.get(number=self.sent(self.browser, address, said).rstrip("/").split("/")[-1])  # fmt: skip

    def sent(self, browser, address, said):
        answered = browser.post(address, said | {once.FIELD: once.new_key()})
        assert answered.status_code == 302, text_of(answered)
        return answered["Location"]

    def officer_for(self, step):
        """Whoever has a role of the step, and did none it may not follow."""
        done_before = {*step.not_by}
        for role in (each for each in step.roles if each in Role.values):
            for number in range(2):
                key = role, number
                if key not in self.officers:
                    user = officer(self.office, Role(role), f"Petugas {role} {number}")
                    self.officers[key] = [user, Client(), set()]
                    self.officers[key][1].force_login(user)
                user, browser, did = self.officers[key]
                if not did & done_before:
                    did.add(step.code)
                    return again(user), browser
        raise AssertionError(f"nobody of the office does {step.code}")

    def one_step(self):
        self.ticket = Ticket.objects.get(pk=self.ticket.pk)
        step = step_of(self.ticket, self.ticket.step)
        if step.actor == "applicant":
            self.own_step(step)
        else:
            self.office_step(step)

    def own_step(self, step):
        number = self.ticket.number
        assert (
            self.browser.get(reverse("tickets:own", args=[number])).status_code == 200
        )
        if KINDS[step.kind].receives:
            for asked in asked_documents(self.ticket):
                if asked.is_missing or asked.is_refused:
                    file = SimpleUploadedFile("a.pdf", pdf(), "application/pdf")
                    address = reverse("tickets:upload", args=[number, asked.code])
                    self.sent(self.browser, address, {"file": file})
        said = typed(kind_of(step).form(self.ticket, step))
        self.sent(
            self.browser, reverse("tickets:own_step", args=[number, step.code]), said
        )

    def office_step(self, step):
        number = self.ticket.number
        _user, browser = self.officer_for(step)
        assert browser.get(reverse("tickets:ticket", args=[number])).status_code == 200
        if KINDS[step.kind].judges:
            for asked in asked_documents(self.ticket):
                if asked.state == "given":
                    said = {
                        "accepted": "yes",
                        "original_seen": "on",
                        "after": asked.revision,
                    }
                    self.sent(
                        browser,
                        reverse("tickets:verdict", args=[number, asked.code]),
                        said,
                    )
        form = kind_of(step).form(self.ticket, step)
        said = typed(form, exit_number=self.chosen)
        if "came_name" in form.fields:
            said |= {"came": "0", "came_name": "Arga Wiratama"}
        if "complete" in form.fields:
            said["complete"] = "yes"
        self.sent(browser, reverse("tickets:step", args=[number, step.code]), said)

    def to_the_end(self):
        for _ in range(LONGEST):
            self.now += timedelta(minutes=2)
            with clock.at(self.now):
                self.one_step()
                run_jobs_here()
            self.ticket.refresh_from_db()
            if not self.ticket.is_open:
                return
        raise AssertionError(f"{self.service} stands at {self.ticket.step} for ever")


@pytest.mark.parametrize(
    ("office", "service", "kind", "route", "chosen"), list(asked_with_a_form())
)
def test_a_request_runs_from_the_first_click_to_its_closing(
    packs, monday, office, service, kind, route, chosen
):
    story = Telling(packs[office], service, kind, route, chosen)
    story.applicant()
    story.ask()
    run_jobs_here()
    assert [each.to for each in mail.outbox] == [[story.user.email]], "no receipt"
    story.to_the_end()
    ended = story.ticket
    assert ended.outcome in {Outcome.FULFILLED, Outcome.REJECTED}
    told = story.browser.get(reverse("tickets:own", args=[ended.number]))
    assert told.status_code == 200
    if ended.outcome == Outcome.FULFILLED:
        given = (
            ended.messages.filter(is_internal=False).exists() or ended.issued.exists()
        )
        done = ended.events.filter(name="answered").exists()
        assert given or done, "the applicant left with nothing"
        with clock.at(ended.ended_at + timedelta(days=60)):
            close_old_tickets(0)
        ended.refresh_from_db()
        assert ended.status == Status.CLOSED
