"""What a page says to somebody who chose English, and which of its words are Indonesian."""

import re
from functools import cache
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, TextField

from loket.kernel.privacy import DataClass
from loket.offices.models import Office
from loket.offices.registers import provinces, regencies
from loket.standards.pack import read_pack
from loket.standards.queries import settings_of
from loket.tickets.models import Form, IssuedDocument
from loket.tickets.queries.answers import read
from tests.architecture.sources import ROOT
from tests.architecture.words import catalogue, singular

WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\b[\w-]+(\.[\w-]+)*\.(id|org|com)\b\S*")
# Words no English sentence has, whatever the catalogue holds
PLAIN = """
    yang dan dengan belum berkas untuk oleh tiket sudah tidak anda hari jam menit kantor silakan
    atau dari pada kami akan ini itu bila jika agar harus dapat sejak sampai setelah sebelum lalu
    nomor tanggal pukul bulan tahun nama surat usaha penyedia pemohon petugas layanan permohonan
    pendaftaran kembali lanjut simpan kirim unggah batal masuk keluar lihat selesai ditolak diterima
    senin selasa rabu kamis jumat sabtu minggu januari februari maret mei juni juli agustus oktober
    desember wajib salin cetak tutup buka giliran langkah
"""
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "use", "wbr", "path", "rect", "circle", "line", "polyline",
}  # fmt: skip
UNREAD = {"script", "style", "template"}
TYPED = {DataClass.PERSONAL, DataClass.IDENTITY}


class Heard(HTMLParser):
    """Text and attributes of a page that are read in English: nothing inside another `lang`."""

    def __init__(self, html):
        super().__init__()
        self.said, self.open = [], [("", "en")]
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        language = known.get("lang") or self.open[-1][1]
        if tag not in VOID:
            self.open.append((tag, "" if tag in UNREAD else language))
        if language == "en":
            self.said += [known[name] for name in known if known[name] and is_read(tag, name, known)]  # fmt: skip

    def handle_endtag(self, tag):
        if tag in {each for each, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if data.strip() and self.open[-1][1] == "en":
            self.said.append(" ".join(data.split()))


def is_read(tag, name, known):
    """Whether somebody sees or hears this attribute; a record for a program is none."""
    if name == "content":
        return known.get("name") == "description"
    if name == "value":
        return tag == "input" and known.get("type") in {"submit", "button"}
    return name in READ_ALOUD or (
        name.startswith("data-") and " " in known[name] and known[name][0] != "{"
    )


def bilingual(node):
    """Every pair of Indonesian and English a pack holds."""
    if isinstance(node, dict):
        if {"id", "en"} <= {*node} and isinstance(node["id"], str):
            yield node["id"], node["en"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from bilingual(each)


@cache
def indonesian():
    """The words of every Indonesian sentence that has its English, but those any English has too."""
    pairs = [(singular(key), english) for key, english in catalogue().items()]
    for folder in ROOT.glob("packs/*"):
        pack = read_pack(folder)
        for spec in (pack.office, *pack.standards):
            pairs += bilingual(spec.model_dump(mode="json"))
    ours = {word for one, other in pairs if one != other for word in words(one)}
    theirs = {word for _one, other in pairs for word in words(other)}
    return {*words(PLAIN)} | {word for word in ours - theirs if len(word) > 2}


def words(text):
    return WORD.findall(text.casefold())


def names():
    """What is of no language, the longest first: names of places, numbers of papers, what people wrote."""
    found = {each.number for each in IssuedDocument.objects.select_related("office", "ticket")}  # fmt: skip
    found |= {each.name for each in (*regencies().values(), *provinces().values())}
    for office in Office.objects.all():
        places = settings_of(office).places
        found |= {office.name, *(part for one in places for part in (one.name, one.address))}  # fmt: skip
    for model in apps.get_models():
        classes = getattr(model, "data_classes", {})
        for field in model._meta.concrete_fields:
            if classes.get(field.name) in TYPED and isinstance(field, CharField | TextField):  # fmt: skip
                found |= {*model._default_manager.values_list(field.name, flat=True)}
    for form in Form.objects.all():
        found |= {
            str(each) for each in read(form).values() if not isinstance(each, list)
        }
    return sorted((each for each in found if each and len(each) > 3), key=len, reverse=True)  # fmt: skip


def left_indonesian(said, names=()):
    """Of these sentences, those with an Indonesian word, each with its words."""
    return [(sentence, *wrong) for sentence in said if (wrong := wrong_in(sentence, names))]  # fmt: skip


def wrong_in(sentence, names):
    """The Indonesian words of a sentence; the names are looked for only where there is such a word."""
    sentence = ADDRESS.sub("", sentence)
    if not {*words(sentence)} & indonesian():
        return []
    for each in names:
        sentence = sentence.replace(each, "")
    return sorted({*words(sentence)} & indonesian())
