"""A mail with three small templates, for tests of the outbox."""

from loket.kernel import mail, outbox
from loket.kernel.models import Mail
from loket.kernel.tasks import send_mail

TEMPLATE = "pandan/told"
TO = "ratna@pandan.example"
told = []


@mail.renders(TEMPLATE)
def context(letter):
    return {"name": "Ratna Widuri", "office": "LPSE Kota Pandan"}


@mail.on_failed(TEMPLATE)
def listen(letter):
    told.append(letter.pk)


def lay_out(settings, folder):
    """Put the templates where they are found."""
    (folder / "pandan").mkdir(parents=True)
    for kind in ("subject.txt", "txt", "html"):
        (folder / f"{TEMPLATE}.{kind}").write_text("<p>{{ name }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


def promised(key="k1"):
    """A mail of the outbox."""
    outbox.promise(key=key, to=TO, template=TEMPLATE, context={})
    return Mail.objects.get(key=key)


def attempt(letter, *, attempts=0):
    """One run of the job, the library's context given by hand."""

    class Context:
        class job:  # noqa: N801 - the name the library gives it
            pass

    Context.job.attempts = attempts
    send_mail.func(Context, letter.pk)
    letter.refresh_from_db()
