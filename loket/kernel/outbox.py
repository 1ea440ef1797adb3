"""Promise a mail: the row and its job commit with whatever caused them, or not at all."""

from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.kernel.models import Mail
from loket.kernel.tasks import send_mail


@as_system()
def promise(
    *,
    key: str,
    to: str,
    template: str,
    context: dict[str, object],
    office_id: int | None = None,
    language: str = "id",
) -> bool:
    """Put one mail into the outbox; False when `key` already promised it."""
    mail, made = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "template": template,
            "context": context,
            "office_id": office_id,
            "language": language,
            "created_at": clock.now(),
        },
    )
    if made:
        send_mail.defer(mail_id=mail.pk)
    return made
