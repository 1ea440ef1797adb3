"""Certificates and signed PDFs of our own, for what loket says about signatures."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from io import BytesIO
from unittest.mock import patch

from asn1crypto import keys, x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko.sign.signers import pdf_byterange
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.factories.jobs import in_a_thread
from tests.factories.people import LONG_AGO


class Certified:
    """A name with a key and a certificate, of its own making or another's."""

    def __init__(self, name, by=None, days=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        is_root, now = by is None, datetime.now(UTC)
        first, last = days or ((LONG_AGO - now).days, 300)  # valid at every told moment
        usage = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        made = (
            x509.CertificateBuilder(
                (by or self).name, self.name, self.key.public_key(), x509.random_serial_number(),
                now + timedelta(days=first), now + timedelta(days=last),
            )
            .add_extension(x509.BasicConstraints(is_root, None), critical=True)
            .add_extension(
                x509.KeyUsage(digital_signature=not is_root, key_cert_sign=is_root, crl_sign=is_root, **usage),
                critical=True,
            )
        )  # fmt: skip
        self.certificate = made.sign((by or self).key, hashes.SHA256())

    @property
    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def sign(self, data, field="Signature1", made=None):
        """The PDF with a signature added at its end; `made` is what it says of its day, in a PDF's own words."""
        key = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(
                self.certificate.public_bytes(Encoding.DER)
            ),
            signing_key=keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore(),
        )
        kind = fields.SigSeedSubFilter.PADES if made else None
        meta = signers.PdfSignatureMetadata(field_name=field, subfilter=kind)
        out, writer = BytesIO(), IncrementalPdfFileWriter(BytesIO(data))
        if writer.prev.encrypted:
            writer.encrypt("")
        with _saying(made) if made else nullcontext():
            in_a_thread(
                lambda: signers.sign_pdf(writer, meta, signer=signer, output=out)
            )
        return out.getvalue()


def _saying(made):
    """A signer who writes whatever he likes as the day."""
    words = generic.pdf_string(made)
    return patch.object(pdf_byterange, "pdf_date", lambda now: words)


def changed_after(data):
    """The PDF with something added behind its signature."""
    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    writer.root["/Lang"] = generic.pdf_string("id")
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def with_empty_fields(data, number):
    """The PDF with so many places to sign, none of them signed."""
    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    for each in range(number):
        fields.append_signature_field(writer, fields.SigFieldSpec(f"Kosong{each}"))
    writer.write(out)
    return out.getvalue()


def encrypted(data):
    """The PDF under a password of its owner; everybody may read it."""
    writer, out = copy_into_new_writer(PdfFileReader(BytesIO(data))), BytesIO()
    writer.encrypt("pemilik", "")
    writer.write(out)
    return out.getvalue()


def covering_less(data):
    """The signature says it covers a hundred bytes less than it should."""
    [place] = re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", data)
    *first, length = (int(each) for each in place.groups())
    said = b"/ByteRange [%d %d %d %d]" % (*first, length - 100)
    return data.replace(place[0], said.ljust(len(place[0])))
