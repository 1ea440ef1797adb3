"""What somebody had typed when his session ended: kept sealed for him alone until he is back."""

import json
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest  # noqa: TID251 - asked by views and middleware about their request

from loket.kernel import once
from loket.kernel.crypto import protect, reveal

EXPIRED = "ended_session_of"  # on the request: whose session has just ended
KEPT = "typed_before"
LONGEST = 200_000
MACHINE_MADE = re.compile(r"[\w:.=-]{40,}|on")  # sealed values, ticked boxes
NEVER = {"csrfmiddlewaretoken", once.FIELD, "code", "credential"}


def keep(request: HttpRequest) -> bool:
    """Seal the text fields of this form into the new session; False when there is nothing to keep.

    Passwords and codes are never kept, files cannot be.
    """
    whose = getattr(request, EXPIRED, "")
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in NEVER and "password" not in name
    }
    said = {"path": request.get_full_path(), "typed": typed, "files": sorted(request.FILES)}  # fmt: skip
    text = json.dumps(said).encode()
    if not whose or len(text) > LONGEST:
        return False
    sealed = protect(text, purpose=KEPT, bound_to=whose)
    request.session[KEPT] = sealed.hex()
    return True


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """What this person had typed; nothing for anybody else."""
    sealed = request.session.get(KEPT)
    try:
        text = reveal(
            bytes.fromhex(sealed or ""), purpose=KEPT, bound_to=str(request.user.pk)
        )
    except (InvalidTag, ValueError):
        return None
    found: dict[str, Any] = json.loads(text)
    return found


def recognisable(typed: dict[str, list[str]]) -> list[str]:
    """What the person wrote, without empty fields and without what only programs read.

    The labels belong to the form that is gone; field names would say nothing to anybody.
    """
    values = [value for several in typed.values() for value in several]
    return [each for each in values if each.strip() and not MACHINE_MADE.fullmatch(each)]  # fmt: skip


def forget(request: HttpRequest) -> None:
    """It was sent again, or is not wanted."""
    request.session.pop(KEPT, None)
