"""An issuer of the demo's own, and PDFs signed under it: nobody's real certificate appears in the examples."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from asn1crypto import (  # type: ignore[import-untyped]  # it ships no types
    keys,
    x509 as asn1,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from loket.kernel import clock

VALID = timedelta(days=3650)
OTHER_USES = (
    "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only", "crl_sign",
)  # fmt: skip


@dataclass(frozen=True)
class Signatory:
    """A name with its key and certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()


def signatory(name: str, *, under: Signatory | None = None) -> Signatory:
    """Somebody certified by `under`, or an issuer who certifies himself."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    since = clock.now() - VALID / 10
    is_root = under is None
    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_cert_sign=is_root,
        **dict.fromkeys(OTHER_USES, False),
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(under.certificate.subject if under else called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + VALID)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(usage, critical=True)
    )
    return Signatory(key, made.sign(under.key if under else key, hashes.SHA256()))


def signed(data: bytes, by: Signatory) -> bytes:
    """The PDF with a signature added at its end."""
    key = by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(by.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # nor this one
    )
    said = signers.PdfSignatureMetadata(field_name="TandaTangan")
    # Pillow counts one generation too far for readers that take PDF by its letter
    data = data.replace(b"0000000000 65536 f", b"0000000000 65535 f")
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    pdf_signer = signers.PdfSigner(said, signer)
    pdf_signer.sign_pdf(writer, output=out)
    return out.getvalue()
