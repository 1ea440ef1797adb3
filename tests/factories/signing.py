"""Certificates and signed PDFs of our own, for what loket says about signatures."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

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
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


class Certified:
    """A name with a key and a certificate, of its own making or another's."""

    def __init__(self, name, by=None):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        is_root, now = by is None, datetime.now(UTC)
        usage = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        made = (
            x509.CertificateBuilder(
                (by or self).name, self.name, self.key.public_key(), x509.random_serial_number(),
                now - timedelta(days=2), now + timedelta(days=300),
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

    def sign(self, data, field="Signature1"):
        """The PDF with a signature added at its end."""
        key = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        signer = signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(
                self.certificate.public_bytes(Encoding.DER)
            ),
            signing_key=keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore(),
        )
        out, meta = BytesIO(), signers.PdfSignatureMetadata(field_name=field)
        writer = IncrementalPdfFileWriter(BytesIO(data))
        signers.sign_pdf(writer, meta, signer=signer, output=out)
        return out.getvalue()


def changed_after(data):
    """The PDF with something added behind its signature."""
    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    writer.root["/Lang"] = generic.pdf_string("id")
    writer.update_root()
    writer.write(out)
    return out.getvalue()
