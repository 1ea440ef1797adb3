"""Returned mails in the forms that the common mail servers give them."""

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

TO = "ratna@pandan.example"
US = "loket@pandan.example"
UNKNOWN = "smtp; 550 5.1.1 <ratna@pandan.example>: Recipient address rejected"


def original(message_id):
    """The head of the mail that is returned."""
    return (
        f"From: LPSE Kota Pandan <{US}>\nTo: {TO}\nSubject: Pendaftaran BGR-26-00001\n"
        f"Message-ID: {message_id}\nMIME-Version: 1.0\n"
    )


def report(
    message_id, *, action="failed", status="5.1.1", diagnostic=UNKNOWN, words="Undelivered",
    returned="text/rfc822-headers", sender="MAILER-DAEMON@mx.pandan.example (Mail Delivery System)",
):  # fmt: skip
    """RFC 3464 as Postfix writes it; the others differ in what is set."""
    outer = MIMEMultipart("report", **{"report-type": "delivery-status"})
    outer["From"], outer["To"] = sender, US
    outer["Subject"] = "Undelivered Mail Returned to Sender"
    outer["Auto-Submitted"] = "auto-replied"
    outer.attach(MIMEText(words))
    told = MIMENonMultipart("message", "delivery-status")
    told._payload = [block(**{"Reporting-MTA": "dns; mx.pandan.example"}), block(**{
        "Final-Recipient": f"rfc822; {TO}", "Action": action, "Status": status,
        **({"Diagnostic-Code": diagnostic} if diagnostic else {}),
    })]  # fmt: skip
    outer.attach(told)
    outer.attach(part(returned, original(message_id)))
    return outer.as_bytes()


def block(**fields):
    """One group of lines of a report."""
    made = Message()
    for name, value in fields.items():
        made[name] = value
    return made


def part(kind, text):
    """A returned mail or its headers."""
    if kind == "message/rfc822":
        inner = MIMENonMultipart("message", "rfc822")
        mail = MIMEText("isi surat")
        for line in text.splitlines():
            name, _, value = line.partition(": ")
            del mail[name]
            mail[name] = value
        inner._payload = [mail]
        return inner
    made = MIMENonMultipart(*kind.split("/"))
    made.set_payload(text)
    return made


def postfix(message_id):
    return report(message_id)


def exim(message_id):
    """It returns the whole mail and says 5.0.0 of everything; the reply code tells more."""
    return report(
        message_id, status="5.0.0", returned="message/rfc822",
        diagnostic="smtp; 550 No such person at this address", sender="Mail Delivery System <Mailer-Daemon@mx.pandan.example>",
    )  # fmt: skip


def gmail(message_id):
    return report(
        message_id, status="5.2.2", returned="message/rfc822",
        diagnostic="smtp; 552-5.2.2 The recipient's inbox is out of storage space.",
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
    )  # fmt: skip


def exchange(message_id):
    """Its own part has no answer of the other server."""
    return report(
        message_id, status="5.7.1", diagnostic="", returned="message/rfc822",
        sender="postmaster@pandan.example",
    )  # fmt: skip


def in_words(message_id, said="550 5.1.1 Sorry, no mailbox here by that name.", sender="MAILER-DAEMON@mx.pandan.example"):  # fmt: skip
    """A server that writes to people only, with the old mail below."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, US, "failure notice"
    mail.set_content(
        f"I could not deliver your message to {TO}.\n{said}\n\n"
        f"--- Below this line is a copy of the message.\n\n{original(message_id)}"
    )
    return mail.as_bytes()


def late(message_id):
    """A warning: the server goes on trying."""
    return report(
        message_id, action="delayed", status="4.4.1",
        diagnostic="smtp; 451 4.4.1 no answer from host",
    )  # fmt: skip


def away(message_id):
    """An automatic answer of a person on leave."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = TO, US, "Re: cuti"
    mail["In-Reply-To"] = mail["References"] = message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Saya cuti. Hubungi 550 5.1.1 di kantor.\n")
    return mail.as_bytes()


def read_receipt(message_id):
    """A report that the mail was read."""
    outer = MIMEMultipart("report", **{"report-type": "disposition-notification"})
    outer["From"], outer["To"], outer["Subject"] = TO, US, "Read: Pendaftaran"
    outer.attach(MIMEText("Your message was read."))
    told = MIMENonMultipart("message", "disposition-notification")
    told.set_payload(f"Original-Message-ID: {message_id}\nDisposition: displayed\n")
    outer.attach(told)
    return outer.as_bytes()
