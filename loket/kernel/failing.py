"""Writing down on a mail that it failed or is late, and telling the room it belongs to."""

from procrastinate.contrib.django import app

from loket.kernel import clock
from loket.kernel.mail import listener_of
from loket.kernel.models import Mail


def fail(mail: Mail, *, reason: Mail.Reason, detail: str) -> None:
    """Final: refused, given up, or come back. One job tells whoever listens, in this transaction."""
    mail.failed_at = clock.now()
    mail.reason = reason
    mail.error = detail[:200]
    mail.save(update_fields=["failed_at", "reason", "error", "attempts"])
    if listener_of(mail.template):
        # By its name: the module of the jobs stands above this one
        app.configure_task("loket.kernel.tasks.tell_failed").defer(mail_id=mail.pk)


def delay(mail: Mail, *, detail: str) -> None:
    """Another server still tries; it may arrive or come back."""
    mail.delayed_at = clock.now()
    mail.error = detail[:200]
    mail.save(update_fields=["delayed_at", "error"])
