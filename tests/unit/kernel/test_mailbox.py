"""The demo reads back the mails it kept in a folder."""

import os
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from loket.kernel.mailbox import kept_mail, kept_mails

PLAIN = "Buka tautan ini: http://localhost:8000/kantor/pandan/daftar/tautan/abc/\n"
LONG = "Kepada Ibu Ratna Widuri — " + "pendaftaran " * 20


def keep(subject, text=PLAIN, html="<p>Buka</p>", to="ratna@pandan.example"):
    transport = get_connection("django.core.mail.backends.filebased.EmailBackend")
    message = EmailMultiAlternatives(subject, text, to=[to], connection=transport)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def test_no_folder_is_an_empty_mailbox():
    assert kept_mails() == []


def test_mail_is_read_back_whole():
    keep("Konfirmasi e-mail")
    (mail,) = kept_mails()
    assert (mail.to, mail.subject) == ("ratna@pandan.example", "Konfirmasi e-mail")
    assert mail.text == PLAIN
    assert mail.html.strip() == "<p>Buka</p>"
    assert kept_mail(mail.name) == mail


def test_long_lines_and_letters_of_all_kinds_survive():
    keep(LONG.strip(), text=f"{LONG}\n", html=f"<p>{LONG}</p>")
    (mail,) = kept_mails()
    assert (mail.subject, mail.text) == (LONG.strip(), f"{LONG}\n")


def test_mail_without_html_has_none():
    keep("Hanya teks", html="")
    (mail,) = kept_mails()
    assert (mail.text, mail.html) == (PLAIN, "")


def test_dashes_in_a_mail_do_not_end_it():
    text = f"atas\n{'-' * 79}\nbawah\n"
    keep("Garis", text=text)
    assert kept_mails()[0].text == text


def test_newest_come_first_and_not_more_than_asked(settings):
    for number in range(4):
        keep(f"Surat {number}")
        for file in Path(settings.EMAIL_FILE_PATH).glob("2*.log"):
            file.rename(file.with_name(f"kept{number}.log"))
            os.utime(file.with_name(f"kept{number}.log"), (0, 1000 + number))
    found = [mail.subject for mail in kept_mails(limit=3)]
    assert found == ["Surat 3", "Surat 2", "Surat 1"]


@pytest.mark.parametrize("name", ["none", "../../secrets", "/etc/passwd", ""])
def test_other_files_are_no_mails(settings, name):
    Path(settings.EMAIL_FILE_PATH).mkdir()
    (Path(settings.EMAIL_FILE_PATH).parent / "secrets.log").write_text("x")
    assert kept_mail(name) is None


def test_mails_that_share_a_file_are_all_read():
    shared = get_connection("django.core.mail.backends.filebased.EmailBackend")
    for number in (1, 2, 3):
        EmailMessage(
            f"Surat {number}", "isi\n", to=["a@pandan.example"], connection=shared
        ).send()
    found = kept_mails()
    assert [mail.subject for mail in found] == ["Surat 3", "Surat 2", "Surat 1"]
    assert [kept_mail(mail.name) for mail in found] == found
    assert kept_mails(limit=2) == found[:2]
