"""What to bring: the documents of each kind of applicant in plain words (C2, C3, C4)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from loket.standards.pack import Requirement, StandardSpec
from loket.tickets.queries.words import words

FORMS = {
    ("original",): gettext_lazy("asli"),
    ("copy",): gettext_lazy("salinan"),
    ("original", "copy"): gettext_lazy("asli dan salinan"),
}
PURPOSES = {"sikap": gettext_lazy("untuk mengisi SIKaP")}


@dataclass(frozen=True)
class Paper:
    """One document: its name, and how it must be in one line."""

    title: str
    form: str
    condition: str = ""
    letter: str = ""

    @property
    def line(self) -> str:
        """All of it in one line, for the table of components."""
        return "; ".join(
            part for part in (self.title, self.form, self.condition) if part
        )


@dataclass(frozen=True)
class Applicant:
    """One kind of applicant, what its form asks, which papers, and what it is advised to bring besides."""

    code: str
    title: str
    fields: tuple[str, ...]
    asked: tuple[Paper, ...]
    brought: tuple[Paper, ...]


def applicants(spec: StandardSpec) -> list[Applicant]:
    """Every kind of applicant in the standard's order, conditional documents included."""
    every = frozenset(spec.facts)
    return [
        Applicant(
            code,
            words(kind.title),
            fields=tuple(words(one.title) for one in spec.fields_for(code).values()),
            asked=tuple(
                _paper(one, spec) for _c, one in spec.documents_for(code, every)
            ),
            brought=tuple(_paper(one, spec) for _c, one in spec.brought_by(code)),
        )
        for code, kind in spec.applicants.items()
    ]


def proxy_papers(spec: StandardSpec) -> list[Paper]:
    """What somebody sent by the owner brings besides (C1)."""
    return [_paper(one, spec) for _code, one in spec.proxy_documents()]


def keeping(spec: StandardSpec) -> tuple[str, ...]:
    """How long which uploads are kept, the shortest first (UU 27/2022 art. 21)."""
    kept: dict[int, dict[str, None]] = {}
    for one in spec.requirements.values():
        if one.keep_days:
            kept.setdefault(one.keep_days, {})[words(one.title)] = None
    return tuple(
        _("%(days)s hari sejak tiket ditutup: %(papers)s")
        % {"days": days, "papers": "; ".join(titles)}
        for days, titles in sorted(kept.items())
    )


def _paper(one: Requirement, spec: StandardSpec) -> Paper:
    condition = ""
    if one.only_if:
        question = words(spec.facts[one.only_if])
        condition = _("hanya bila jawabannya ya: %(question)s") % {"question": question}
    letter = one.template if isinstance(one.template, str) else ""
    form = ". ".join(part for part in (", ".join(_forms(one)), words(one.note)) if part)
    return Paper(words(one.title), form, condition, letter)


def _forms(one: Requirement) -> list[str]:
    marks = {
        _("bermeterai"): one.meterai,
        _("bertanda tangan"): one.signed,
        _("berstempel"): one.stamped,
        _("formulir dari kantor"): bool(one.template),
    }
    shown = tuple(form for form in ("original", "copy") if form in one.show)
    printed = [
        str(FORMS[shown]) if shown else "",
        *(mark for mark, is_asked in marks.items() if is_asked),
        str(PURPOSES[one.purpose]) if one.purpose else "",
    ]
    return [part for part in printed if part]
