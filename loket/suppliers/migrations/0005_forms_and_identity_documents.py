"""All forms of business; which document of identity the responsible person has."""

from django.db import migrations, models

FORMS = [
    ("pt", "PT"),
    ("cv", "CV"),
    ("firma", "Firma"),
    ("koperasi", "Koperasi"),
    ("yayasan", "Yayasan"),
    ("blu", "Badan layanan umum (BLU)"),
    ("bumdesa", "BUM Desa"),
    ("pt_perorangan", "Perseroan perorangan"),
    ("lain", "Badan usaha bentuk lain"),
    ("perorangan", "Orang perseorangan"),
    ("ud", "UD"),
    ("pd", "Perusahaan dagang"),
    ("konsultan", "Konsultan perorangan"),
    ("tenaga", "Tenaga perorangan (PKTT, PJLP)"),
    ("asing", "Perusahaan asing"),
]
DOCUMENTS = [
    ("ktp", "KTP"),
    ("kitas", "KITAS"),
    ("kitap", "KITAP"),
    ("paspor", "Paspor"),
]


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0004_links_of_registrations")]
    operations = [
        migrations.AlterField(
            "supplier",
            "form_of_business",
            models.CharField(choices=FORMS, max_length=20),
        ),
        migrations.AddField(
            "supplier",
            "identity_document",
            models.CharField(choices=DOCUMENTS, default="ktp", max_length=10),
        ),
    ]
