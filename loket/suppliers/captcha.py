"""Puzzles that cost a machine more than a person: proof of work, or a sum in words for browsers without JavaScript.

Nothing is kept of a puzzle until it is solved; whoever accepts an answer must spend its `key`,
because a right answer stays right (ADR 0015).
"""

import json
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from altcha import create_challenge, verify_solution
from django.conf import settings
from django.utils.translation import gettext as _, pgettext

from loket.kernel import clock
from loket.kernel.crypto import derived_key, digest

ALGORITHM = "PBKDF2/SHA-256"
TRIES = 100  # a browser needs as many, up to twice as many
VALID = timedelta(minutes=20)
SMALLEST, LARGEST = 2, 12


@dataclass(frozen=True)
class Answer:
    """A right answer: the name of its puzzle, and until when that must be remembered."""

    key: str
    expires_at: datetime


@dataclass(frozen=True)
class Sent:
    """What came with a form: a proof of work, or a question's token with its answer."""

    proof: str = ""
    question: str = ""
    answer: int | None = None


@dataclass(frozen=True)
class Question:
    """A sum in words; the token comes back with the answer and does not contain it."""

    text: str
    token: str


def new_challenge() -> str:
    """A proof of work as the browser's part takes it (JSON); its end is signed, and kept by our own clock."""
    challenge = create_challenge(
        ALGORITHM,
        settings.PROOF_OF_WORK,
        counter=TRIES + secrets.randbelow(TRIES),
        data={"until": int((clock.now() + VALID).timestamp())},
        hmac_secret=derived_key("captcha"),
    )
    return json.dumps(challenge.to_dict())


def proven(payload: str) -> Answer | None:
    """Whether the work was done, for a challenge of ours that has not expired."""
    if not verify_solution(payload, derived_key("captcha")).verified:
        return None
    try:
        parameters = json.loads(b64decode(payload))["challenge"]["parameters"]
    except (NotBase64, ValueError, KeyError):  # verified before, so never here
        return None
    expires = datetime.fromtimestamp(parameters["data"]["until"], UTC)
    return Answer(parameters["nonce"], expires) if expires > clock.now() else None


def new_question() -> Question:
    """A sum of two small numbers."""
    first, second = (
        SMALLEST + secrets.randbelow(LARGEST - SMALLEST + 1) for _each in "ab"
    )
    words = _numbers()
    text = _("Berapa %(first)s ditambah %(second)s?") % {
        "first": words[first - SMALLEST],
        "second": words[second - SMALLEST],
    }
    expires = int((clock.now() + VALID).timestamp())
    nonce = f"{secrets.token_hex(16)}.{expires}"
    return Question(text, f"{nonce}.{_seal(nonce, first + second)}")


def asked_key(token: str) -> Answer | None:
    """The puzzle a question's token belongs to, while it may be answered; right or wrong is `answered`."""
    nonce, _dot, seal = token.rpartition(".")
    name, _dot, expires = nonce.partition(".")
    if len(seal) != len(_seal("", 0)) or not expires.isdigit() or len(expires) > 11:
        return None
    until = datetime.fromtimestamp(int(expires), UTC)
    return Answer(name[:64], until) if until > clock.now() else None


def answered(token: str, answer: int) -> bool:
    """Whether this is the sum that was asked for."""
    nonce, _dot, seal = token.rpartition(".")
    return secrets.compare_digest(seal.encode(), _seal(nonce, answer).encode())


def _seal(nonce: str, answer: int) -> str:
    return digest(f"{nonce}={answer}", purpose="captcha question")


def _numbers() -> tuple[str, ...]:
    return (
        pgettext("bilangan", "dua"), pgettext("bilangan", "tiga"),
        pgettext("bilangan", "empat"), pgettext("bilangan", "lima"),
        pgettext("bilangan", "enam"), pgettext("bilangan", "tujuh"),
        pgettext("bilangan", "delapan"), pgettext("bilangan", "sembilan"),
        pgettext("bilangan", "sepuluh"), pgettext("bilangan", "sebelas"),
        pgettext("bilangan", "dua belas"),
    )  # fmt: skip
