"""Jobs of the room: answers that must not be timed, changes whose hold is over, clean-up."""

from uuid import uuid4

from procrastinate.contrib.django import app

from loket.accounts import throttles
from loket.accounts.actions.emails import apply_due_changes
from loket.accounts.actions.passwords import answer_reset_request
from loket.accounts.sessions import SessionStore
from loket.kernel.crypto import protect, reveal
from loket.kernel.tasks import SENDING

RESET = "reset-request"


def ask_for_reset(login: str) -> None:
    """Note who asked, sealed, and nothing else: the same work for everybody."""
    key = uuid4().hex
    sealed = protect(login.encode(), purpose=RESET, bound_to=key)
    answer_reset.defer(sealed=sealed.hex(), key=key)


@app.task(queue="mail", retry=SENDING, pass_context=False)
def answer_reset(sealed: str, key: str) -> None:
    """Look who was meant and promise him the link; nobody watches how long this takes."""
    login = reveal(bytes.fromhex(sealed), purpose=RESET, bound_to=key).decode()
    answer_reset_request(login, key=key)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="apply_email_changes", pass_context=False)
def apply_email_changes(timestamp: int) -> None:
    """Changes of address take effect when their hold is over."""
    apply_due_changes()


@app.periodic(cron="43 2 * * *")
@app.task(queueing_lock="sweep_sessions", pass_context=False)
def sweep_sessions(timestamp: int) -> None:
    """Forget sessions and throttles that have run out."""
    SessionStore.clear_expired()
    throttles.sweep()
