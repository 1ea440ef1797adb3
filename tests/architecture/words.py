"""The words of the screen: those of the sources, those of the catalogue, and those left Indonesian on a page."""

import ast
import re
from functools import cache
from gettext import GNUTranslations
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from tests.architecture.sources import ROOT, nodes, templates

CATALOGUE = ROOT / "locale/en/LC_MESSAGES"
CALLS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1,
    "ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2,
}  # fmt: skip
TRANSLATE = re.compile(r"""^translate (["'])(.*?)\1(?:.* context "([^"]+)")?""")
UNDERSCORE = re.compile(r"""_\((["'])(.*?)\1\)""")
BLANK = re.compile(r"%\(\w+\)[sd]")
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "content")
SEPARATOR = "\x04"  # between context and words, as gettext keeps them


@cache
def catalogue():
    """English by its Indonesian; a context stands before, and plurals give each form its own line."""
    with (CATALOGUE / "django.mo").open("rb") as file:
        kept = GNUTranslations(file)._catalog
    return {key: english for key, english in kept.items() if key}


def singular(key):
    """The words of an entry, which has a number beside where it has a plural."""
    return key[0] if isinstance(key, tuple) else key


def calls():
    """Every call that translates, with the constants it was given."""
    for path, call in nodes(ast.Call):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in CALLS:
            given = [each for each in call.args if isinstance(each, ast.Constant)]
            yield path, name, [each.value for each in given][: CALLS[name]]


def of_python():
    """Words of calls; those of a plural stand once, as the catalogue has them."""
    for _path, name, given in calls():
        if name.startswith("p"):
            yield SEPARATOR.join(given)
        elif given:
            yield given[0]


def of_template(source):
    """Words of the tags of one template, as Django looks them up."""
    block = None
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            verb = token.contents.split()[0]
            if verb in ("plural", "endblocktranslate") and block is not None:
                yield " ".join("".join(block).split())
            block = [] if verb == "blocktranslate" else None
            if found := TRANSLATE.match(token.contents):
                yield SEPARATOR.join(filter(None, (found[3], found[2])))
            yield from (found[1] for found in UNDERSCORE.findall(token.contents))
        elif block is not None and token.token_type == TokenType.VAR:
            block.append(f"%({token.contents})s")
        elif block is not None:
            block.append(token.contents.replace("%", "%%"))


def of_sources():
    """Every word of the screen the sources hold, in the singular."""
    found = set(of_python())
    for source in templates().values():
        found |= set(of_template(source))
    return found


class Heard(HTMLParser):
    """What a page says: its text and the attributes that are read aloud, but what says it is in another language."""

    def __init__(self, html):
        super().__init__()
        self.said, self.foreign, self.skipped = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if known.get("lang") == "id" and tag != "html":
            self.foreign.append(tag)
        if tag in ("script", "style"):
            self.skipped = tag
        self.said += [known[name] for name in READ_ALOUD if known.get(name)]

    def handle_endtag(self, tag):
        if self.foreign and self.foreign[-1] == tag:
            self.foreign.pop()
        if tag == self.skipped:
            self.skipped = ""

    def handle_data(self, data):
        if data.strip() and not self.foreign and not self.skipped:
            self.said.append(" ".join(data.split()))


@cache
def indonesian():
    """A pattern for all words that differ in English; blanks stand for anything."""
    differing = {
        singular(key).split(SEPARATOR)[-1]
        for key, english in catalogue().items()
        if english != key
    }
    parts = [
        ".+?".join(re.escape(part) for part in BLANK.split(words))
        for words in differing
        if re.search(r"[A-Za-z]{3}", BLANK.sub("", words))
    ]
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))


def left_indonesian(html):
    """What a page says in words of which the catalogue has English."""
    return [said for said in Heard(html).said if indonesian().fullmatch(said)]
