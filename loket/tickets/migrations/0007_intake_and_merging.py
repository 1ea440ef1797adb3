import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loket.kernel.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0003_enter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tickets", "0006_answers_with_proof_and_overrides"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="email",
            field=models.EmailField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ticket",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="tickets.ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("merged_into", None),
                        models.Q(("outcome", "merged"), _negated=True),
                    ),
                    models.Q(
                        ("merged_into__isnull", False),
                        ("outcome", "merged"),
                        ("status", "closed"),
                        models.Q(("merged_into", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ticket_merged_leads_elsewhere",
            ),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("code", loket.kernel.crypto.EncryptedTextField()),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.office",
                    ),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="tickets.ticket",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None),
                            ("used_by", None),
                        )
                        | models.Q(
                            ("used_at__isnull", False),
                            ("used_by__isnull", False),
                        ),
                        name="claim_used_by_somebody",
                    )
                ],
            },
        ),
    ]
