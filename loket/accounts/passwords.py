"""One rule for every new password, asked by the browser's meter and by every form alike (F11).

The rule has two parts: classes of signs and the colour the meter must reach. An office states
its own; DEFAULT_RULE holds for people without one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _
from zxcvbn import zxcvbn

from loket.accounts.guessable import COMMON, advice
from loket.accounts.models import User

LONGEST = 72  # of the meter
REACHES = {"green": 3, "yellow": 2}  # of its levels 0 to 4
COLOURS = (_("Merah"), _("Merah"), _("Kuning"), _("Hijau"), _("Hijau"))
TONES = ("bad", "bad", "warn", "good", "good")
CLASSES = {
    "upper": (str.isupper, _("huruf besar")),
    "lower": (str.islower, _("huruf kecil")),
    "digit": (str.isdigit, _("angka")),
    "symbol": (
        lambda sign: not sign.isalnum() and not sign.isspace(),
        _("karakter khusus"),
    ),
}
WORD = re.compile(r"\w{3,}")  # what may be left of a name or address
EMPTY = " "  # the library cannot measure nothing
SALT = "loket.accounts.passwords"


class Rule(Protocol):
    """What a new password must have; the packs' PasswordRule is one."""

    @property
    def classes(self) -> Sequence[str]: ...

    @property
    def strength(self) -> str: ...


@dataclass(frozen=True)
class PlainRule:
    """A rule that comes from no pack."""

    classes: Sequence[str]
    strength: str


DEFAULT_RULE = PlainRule(tuple(CLASSES), "green")


@dataclass(frozen=True)
class Verdict:
    """What the meter shows: level 0 to 4, and what is still to be mended. No hints: taken."""

    level: int
    hints: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        return not self.hints

    @property
    def colour(self) -> str:
        """The meter's colour as a word, for whoever sees no colours."""
        return str(COLOURS[self.level])

    @property
    def tone(self) -> str:
        return TONES[self.level]


def judge(password: str, *, rule: Rule, known: Iterable[str] = ()) -> Verdict:
    """Measure a password; `known` is what a guesser tries first: address, User ID, names.

    The colour never promises more than the rule takes: whatever lacks something stays below it.
    """
    hints = [*_missing(password, rule), *_plain_faults(password, known)]
    measured = _measured(password, known)
    level: int = measured["score"]
    if level < REACHES[rule.strength]:
        hints += advice(measured["sequence"])
    if hints:
        level = min(level, REACHES[rule.strength] - 1)
    return Verdict(level, tuple(hints))


def check(password: str, *, rule: Rule = DEFAULT_RULE, known: Iterable[str] = ()) -> None:  # fmt: skip
    """Raise ValidationError with every hint, where the meter would not show the rule's colour."""
    verdict = judge(password, rule=rule, known=known)
    if not verdict.is_accepted:
        raise ValidationError(list(verdict.hints))


def described(rule: Rule) -> str:
    """What the password needs, in words."""
    classes = ", ".join(str(CLASSES[name][1]) for name in rule.classes)
    return gettext("Sekurang-kurangnya 10 karakter dengan %(classes)s.") % {
        "classes": classes
    }


def sealed_rule(rule: Rule, known: Iterable[str]) -> str:
    """The rule as the page hands it to the meter and back, so that both judge by the same."""
    said = [list(rule.classes), rule.strength, list(known)]
    return signing.dumps(said, salt=SALT, compress=True)


def opened_rule(sealed: str) -> tuple[Rule, list[str]]:
    """Rule and known words of a page; raises BadSignature for anything loket did not write."""
    classes, strength, known = signing.loads(sealed, salt=SALT)
    return PlainRule(tuple(classes), strength), known


def _missing(password: str, rule: Rule) -> list[str]:
    missing = [
        str(CLASSES[name][1])
        for name in rule.classes
        if not any(CLASSES[name][0](sign) for sign in password)
    ]
    said = gettext("Kata sandi ini belum memuat %(missing)s.")
    return [said % {"missing": ", ".join(missing)}] if missing else []


def _plain_faults(password: str, known: Iterable[str]) -> list[str]:
    """What the installation's own validators say: length, commonly used passwords."""
    if len(password) > LONGEST:
        return [gettext("Pakai paling banyak %(most)d karakter.") % {"most": LONGEST}]
    try:
        validate_password(password, User(email=next(iter(known), "")))
    except ValidationError as refused:
        return [str(message) for message in refused.messages]
    return []


def _measured(password: str, known: Iterable[str]) -> dict[str, Any]:
    """The weaker of two measures: the password as it is, and what is left without the known words.

    The library counts how words are strung together as a secret of its own, even if all are known.
    """
    words = [word for text in known for word in WORD.findall(text)]
    inputs = [*words, *COMMON.split()]
    whole: dict[str, Any] = zxcvbn(password[:LONGEST] or EMPTY, user_inputs=inputs)
    rest = password
    for word in words:
        rest = re.sub(re.escape(word), "", rest, flags=re.IGNORECASE)
    if rest != password:
        left = zxcvbn(rest[:LONGEST] or EMPTY)
        whole["score"] = min(whole["score"], left["score"])
    return whole
