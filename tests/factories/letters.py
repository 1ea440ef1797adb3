"""What every mail must be, whoever wrote it and whichever program shows it."""

import re

from tests.unit.ui.pages import Page

COLUMNS = 78  # RFC 5322; the text itself is wrapped at 72
SUBJECT = 80
SIGNS_OF_A_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bNone\b|&[a-z]+;")
LOADING = {"img", "script", "link", "iframe", "form", "video"}


def faults(sent, site):
    """What is wrong with this message, in words; nothing for one that is right."""
    page = Page(sent.alternatives[0][0])
    return [*_of_text(sent), *_of_page(page, sent), *_of_links(page, sent, site)]


def _of_text(sent):
    if "\n" in sent.subject or not 0 < len(sent.subject) <= SUBJECT:
        yield f"subject: {sent.subject!r}"
    for line in sent.body.splitlines():
        if len(line) > COLUMNS and "://" not in line:
            yield f"long line: {line}"
    for text in (sent.subject, sent.body):
        yield from (f"left over: {each}" for each in SIGNS_OF_A_TEMPLATE.findall(text))
    if "\n\n\n" in sent.body or re.search(r"</?[a-z]+>", sent.body):
        yield "hole or tag in the text"


def _of_page(page, sent):
    language = sent.extra_headers["Content-Language"]
    if page.one("html")["lang"] != language:
        yield f"page does not say {language}"
    if not page.one("h1").text.strip():
        yield "page has no heading"
    yield from (f"loads {each.tag}" for each in page.elements if each.tag in LOADING)
    words = page.one("main").text
    yield from (f"left over: {each}" for each in SIGNS_OF_A_TEMPLATE.findall(words))


def _of_links(page, sent, site):
    for each in page.elements:
        if each.tag == "a" and not each["href"].startswith(f"{site}/"):
            yield f"link leads elsewhere: {each['href']}"
        elif each.tag == "a" and each["href"] not in sent.body:
            yield f"link is not in the text: {each['href']}"
