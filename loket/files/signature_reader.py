"""The reader of signatures: a process of its own that looks into one PDF and ends (docs/adr/0028).

Like `reader` it knows no settings and no secrets, may not open any file or connection, and has bounds on
memory and time. Only jobs start it: page servers never pay for pyHanko. Run as
`python -I -m loket.files.signature_reader`.
"""

import asyncio
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pkgutil import walk_packages
from typing import Any

import pyhanko.pdf_utils
import pyhanko.sign.diff_analysis
import pyhanko.sign.validation
import pyhanko_certvalidator
from asn1crypto import pem, x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from loket.files import frames

MEMORY = 600 * 1024 * 1024  # bytes of addresses
SECONDS = 10  # of processor
MOST = 50  # signatures of one file
YEARS = range(1990, 2101)  # of a signature that a calendar of ours can show
# Read when first needed, which is forbidden by then
LATE = (
    "cryptography.hazmat.backends.openssl.backend",
    "cryptography.hazmat.primitives.asymmetric.padding",
    "lxml.etree",
)
WHOLE = (
    pyhanko.pdf_utils, pyhanko.sign.diff_analysis, pyhanko.sign.validation, pyhanko_certvalidator,
)  # fmt: skip
USES = ("meterai", "signature")
# Indonesian certificates often carry one of the two only
USABLE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
Roots = dict[str, list[x509.Certificate]]


def main() -> None:
    """Answer one question: which signatures are in these bytes?"""
    _load_everything()
    loop = asyncio.new_event_loop()  # needs handles, which are forbidden afterwards
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + SECONDS
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))
    question, data = frames.read(sys.stdin.buffer)
    try:
        now = datetime.fromisoformat(question["now"])
        work = _signatures(data, _roots(question["roots"]), now)
        found = loop.run_until_complete(work)
        answer: dict[str, Any] = {"found": found}
    except (
        Exception
    ):  # a parser may fail in any way; the file is then told to be unreadable
        answer = {"unread": True}
    frames.write(sys.stdout.buffer, answer, b"")


def _load_everything() -> None:
    for name in LATE:
        import_module(name)
    for package in WHOLE:
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            with suppress(ImportError):  # parts for wishes nobody has here
                import_module(module.name)


def _roots(given: Sequence[dict[str, str]]) -> Roots:
    found: Roots = {use: [] for use in USES}
    for one in given:
        _, _, der = pem.unarmor(one["certificate"].encode())
        found[one["use"]].append(x509.Certificate.load(der))
    return found


async def _signatures(data: bytes, roots: Roots, now: datetime) -> list[dict[str, Any]]:
    signed = PdfFileReader(BytesIO(data), strict=False).embedded_regular_signatures
    if len(signed) > MOST:  # to show the first of them would hide the others
        raise ValueError
    last = len(signed) - 1
    return [
        await _finding(each, roots, now, is_last=place == last)
        for place, each in enumerate(signed)
    ]


async def _finding(
    signature: EmbeddedPdfSignature, roots: Roots, now: datetime, *, is_last: bool
) -> dict[str, Any]:
    """One signature: whose, by whom certified, when it says it was made, and what is to be held of it."""
    try:
        status = await _status(signature, roots["signature"] + roots["meterai"], now)
        verdict, use = _verdict(status, is_last=is_last), ""
        if verdict == "trusted":
            use = "signature"
            if (await _status(signature, roots["meterai"], now)).trusted:
                use = "meterai"
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    except (MemoryError, OSError):
        raise  # ours to answer for, not the signature's
    except Exception:  # what cannot be understood is not intact
        verdict, use, whole = "broken", "", False
    return {"verdict": verdict, "use": use, "is_whole": whole, **_who(signature)}


async def _status(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], now: datetime
) -> PdfSignatureStatus:
    """Checked as of the day it says it was made, without asking anybody in the network."""
    made = _made(signature)
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=made if made and made <= now else now,
    )
    return await async_validate_pdf_signature(
        signature, context, key_usage_settings=USABLE
    )


def _verdict(status: PdfSignatureStatus, *, is_last: bool) -> str:
    """broken, trusted or unknown. Only a later signature may add to what was signed."""
    harmless = (
        ModificationLevel.LTA_UPDATES if is_last else ModificationLevel.FORM_FILLING
    )
    level = status.modification_level
    is_whole = (
        status.coverage is not None
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and level is not None
        and level <= harmless
        and status.docmdp_ok is not False
    )
    if not (status.intact and status.valid and is_whole):
        return "broken"
    return "trusted" if status.trusted else "unknown"


def _who(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    made = _made(signature)
    try:
        certificate = signature.signer_cert
        signer, issuer = _name(certificate.subject), _name(certificate.issuer)
    except Exception:  # a broken signature may hold no certificate
        signer = issuer = ""
    return {
        "signer": signer,
        "issuer": issuer,
        "made_at": made.isoformat() if made else None,
    }


def _made(signature: EmbeddedPdfSignature) -> datetime | None:
    """When it says it was made; a moment without a zone is taken as UTC, what is no moment is left out."""
    try:
        made = signature.self_reported_timestamp
    except Exception:  # the signer wrote anything
        return None
    if made is None or made.year not in YEARS:
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _name(name: x509.Name) -> str:
    """The common name, else the whole, without what cannot be seen: it turns words round or ends them."""
    native = name.native
    said = str(native.get("common_name") or name.human_friendly)
    return "".join(each for each in said if each.isprintable())[:200]


if __name__ == "__main__":
    main()
