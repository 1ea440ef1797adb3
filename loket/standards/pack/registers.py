"""Outside registers an office looks into, and the roots of signatures it trusts (G11, G12, X3, X8)."""

from typing import Annotated, Literal

from cryptography import x509
from pydantic import AfterValidator, Field, StringConstraints

from loket.standards.pack.base import Code, Count, Flag, Spec, Text, Words


def _certificate(value: str) -> str:
    try:
        x509.load_pem_x509_certificate(value.encode())
    except ValueError as error:
        raise ValueError(
            "bukan sertifikat X.509 dalam bentuk PEM; salin dari BEGIN sampai END"
        ) from error
    return value


Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Certificate = Annotated[str, AfterValidator(_certificate)]


class Register(Spec):
    """A register that answers by hand: `url` is its public page, `look_at` what to compare there.

    `valid_days` is how long an answer holds, `evidence` whether a picture of it must be kept, and
    `may_not_apply` whether it can have nothing to say about an applicant.
    """

    title: Text
    look_at: Text | None = None
    url: Link | None = None
    valid_days: Count | None = None
    evidence: Literal["optional", "required"] = "optional"
    may_not_apply: Flag = False


class SignatureRoot(Spec):
    """A certificate under which signatures in a PDF are trusted; `use` says what they stand for."""

    name: Words
    use: Literal["signature", "meterai"]
    certificate: Certificate


class TicketCheck(Spec):
    """A register asked about the applicant himself, whatever documents he brings; due before a step."""

    code: Code = Field(alias="register")
    before: Code | None = None
