"""The protocol by which a kind of step runs, and the kinds that need no other room.

A higher room implements kinds in its own `steps`; each is found by name when a ticket
stands at a step of that kind, so the ticket page shows what it cannot import.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.standards.pack import Step
from loket.standards.queries import settings_of, spec_of
from loket.tickets.actions import (
    check_step,
    complete_step,
    issue,
    reject,
    send_back,
    write_message,
)
from loket.tickets.actions.asking import (
    Passed,
    Performed,
    escalate,
    explain,
    keep_form,
    perform,
    record_result,
)
from loket.tickets.forms import DoneForm, ElsewhereForm, RejectForm
from loket.tickets.forms.asked import (
    AnswerForm,
    AskedForm,
    ChaseForm,
    EscalateForm,
    PerformForm,
    ResultForm,
)
from loket.tickets.models import Said, Ticket
from loket.tickets.queries.answers import (
    parties_of,
    party_name,
    said_on,
    waiting_outside,
)
from loket.tickets.queries.words import words


@dataclass(frozen=True)
class Panel:
    """What a kind adds to the ticket page: a template and all it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


class StepKind(Protocol):
    """One kind of step. `complete` runs in one transaction and raises 403, 409 or 422."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        """What must be said to complete the step."""

    def button(self, ticket: Ticket, step: Step) -> str:
        """The words on the button."""

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        """What the page shows while the ticket stands at the step."""

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        """Do the step's work and go on."""


class Plain:
    """A step that is simply done: the base of the other kinds."""

    form_class: type[forms.Form] = DoneForm

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        return self.form_class(data)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Selesaikan langkah")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        return None

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        complete_step(ticket, step, by=by)


_kinds: dict[str, StepKind] = {}


def offers(name: str, kind: StepKind) -> None:
    """Register the implementation of a kind; a second one is a mistake."""
    if name in _kinds:
        raise ValueError(f"two rooms implement the kind {name!r}")
    _kinds[name] = kind


def kind_of(step: Step) -> StepKind:
    """What runs this step."""
    return _kinds[step.kind]


def implemented() -> frozenset[str]:
    """The names of all kinds that run."""
    return frozenset(_kinds)


class RecordOutside(Plain):
    """Something done in another system: loket writes down that it was, by whom and when."""

    form_class = ElsewhereForm

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat sudah dilakukan")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        return Panel("tickets/steps/_outside.html", {"where": words(step.where)})

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        complete_step(
            ticket, step, by=by, at=said.get("at"), where=str(step.where or "")
        )


class Decide(Plain):
    """The two exits of a decision."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        form = DoneForm(data)
        form.fields["exit"] = forms.ChoiceField(
            label=_("Keputusan"),
            choices=[(name, words(step.exit_title(name))) for name in step.exits],
            widget=forms.RadioSelect,
        )
        return form

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Simpan keputusan")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        complete_step(ticket, step, by=by, way=said["exit"])


class Reject(Plain):
    """The end of a refused request: the applicant reads the reason. A slip can be taken back."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        return RejectForm(data, may_return=step.returns_to is not None)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Tolak permohonan") if step.returns_to is None else _("Lanjutkan")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.get("is_sure", True):
            reject(ticket, by=by, note=said["note"])
        else:
            send_back(ticket, step, by=by)


class IssueDocument(Plain):
    """A numbered document is handed over; a job draws its PDF."""

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Terbitkan dan serahkan")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        issue(ticket, step.document or step.code, by=by)
        complete_step(ticket, step, by=by)


class RequestForm(AskedForm):
    """The service's form as a step takes it: the answers, not their fields, go to the action."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {"said": self.said}


class Ask(Plain):
    """The service's form: filled in before the ticket, by an officer at the desk, or again to mend it."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        spec = spec_of(ticket.standard_id)
        asked = spec.fields_for(ticket.applicant_kind)
        return RequestForm(
            data, asked=asked, office=ticket.office, kinds=spec.kinds, said=said_on(ticket)
        )  # fmt: skip

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Simpan dan lanjutkan")

    @transaction.atomic
    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        answers: Said = said["said"]
        check_step(ticket, step, by=by)
        keep_form(ticket, answers, by=by)
        complete_step(ticket, step, by=by)


class Explain(Plain):
    """The officer writes the answer the applicant asked for (S3, S4, D-c)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        return AnswerForm(data, may_return=step.returns_to is not None)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Kirim jawaban")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.get("goes_back"):
            hand_back(ticket, step, by=by, body=said["body"])
        else:
            explain(ticket, step, by=by, body=said["body"])


class PerformOutside(Plain):
    """An officer does the work in another system and says where, when and under which number (S2, D-g to D-l)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        named = (words(step.where),) if step.where else ()
        systems = settings_of(ticket.office).applications
        known = tuple(dict.fromkeys([*named, *systems])) or ("SPSE",)
        return PerformForm(data, systems=known, may_return=step.returns_to is not None)

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat sudah dikerjakan")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        if said.pop("goes_back", False):
            hand_back(ticket, step, by=by, body=said["body"])
        else:
            perform(ticket, step, Performed(**said), by=by)


@transaction.atomic
def hand_back(ticket: Ticket, step: Step, *, by: User, body: str) -> None:
    """Something must be mended first; the applicant reads what."""
    check_step(ticket, step, by=by)
    write_message(ticket, by=by, body=body)
    send_back(ticket, step, by=by)


class Escalate(Plain):
    """The request goes to somebody the office names, with what was tried (E1-E5)."""

    def form(
        self, ticket: Ticket, step: Step, data: MultiValueDict[str, Any] | None = None
    ) -> forms.Form:
        known = {"reference": ticket.outside_number}
        return EscalateForm(data, parties=parties_of(ticket.office, step.to), initial=known)  # fmt: skip

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Teruskan")

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        escalate(ticket, step, Passed(**said), by=by)


class ReceiveOutsideResult(Plain):
    """The request waits outside; its number there, when it was last asked about, and at last the answer."""

    form_class = ResultForm

    def button(self, ticket: Ticket, step: Step) -> str:
        return _("Catat jawabannya")

    def panel(self, ticket: Ticket, step: Step, user: User) -> Panel | None:
        waiting = waiting_outside(ticket)
        if waiting is None:
            return None
        form = ChaseForm(initial={"reference": waiting.reference}, auto_id="tagih-%s")
        context = {"escalation": waiting, "party": party_name(waiting), "form": form}
        return Panel("tickets/steps/_waiting_outside.html", context)

    def complete(self, ticket: Ticket, step: Step, *, by: User, **said: Any) -> None:
        record_result(ticket, step, by=by, **said)


offers("request", Ask())
offers("explain", Explain())
offers("perform_outside", PerformOutside())
offers("escalate", Escalate())
offers("receive_outside_result", ReceiveOutsideResult())
offers("record_outside", RecordOutside())
offers("decide", Decide())
offers("reject", Reject())
offers("issue_document", IssueDocument())
