"""Demo officials: a whole request through the same actions as a browser's."""

from loket.access_rights.actions import begin, confirm, new_link, submit
from loket.access_rights.models import AccessRequest
from loket.access_rights.queries import Letter, Official
from loket.offices.models import Office


def ask_for_access(
    office: Office, official: Official, letter: Letter, *, email: str, user_id: str, password: str
) -> AccessRequest:  # fmt: skip
    """From the first e-mail until the request waits for somebody's decision."""
    begin(office, email=email, language="id")
    asked = confirm(new_link(AccessRequest.objects.get(office=office, email=email)))
    submit(asked, official, letter, by=None, user_id=user_id, password=password)
    return asked
