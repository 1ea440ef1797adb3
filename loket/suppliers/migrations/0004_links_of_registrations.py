"""Links and requests get tables of their own; a draft knows when it was last worked on or stopped."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from loket.kernel import clock


def touched_when_confirmed_or_asked(apps, schema_editor):
    drafts = apps.get_model("suppliers", "Registration").objects
    drafts.filter(confirmed_at=None).update(touched_at=F("requested_at"))
    drafts.exclude(confirmed_at=None).update(touched_at=F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0001_initial"),
        ("offices", "0001_initial"),
        ("suppliers", "0003_one_power_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("registration", "registration_one_per_link"),
        migrations.RemoveConstraint("registration", "registration_link_expires"),
        migrations.RemoveField("registration", "token_hash"),
        migrations.RemoveField("registration", "token_expires_at"),
        migrations.AddField(
            "registration", "stopped_at", models.DateTimeField(null=True)
        ),
        migrations.AddField(
            "registration", "touched_at", models.DateTimeField(null=True)
        ),
        migrations.RunPython(
            touched_when_confirmed_or_asked, migrations.RunPython.noop, elidable=True
        ),
        migrations.AlterField(
            "registration", "touched_at", models.DateTimeField(default=clock.now)
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(stopped_at=None)
                | models.Q(finished_at=None, answers="", password_hash=""),
                name="registration_stopped_is_blank",
            ),
        ),
        migrations.CreateModel(
            name="LinkRequest",
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
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(default="id", max_length=5)),
                ("at", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="kernel.mail",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="suppliers.registration",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["office", "-at"], name="link_request_of_office"
                    ),
                    models.Index(fields=["email", "-at"], name="link_request_of_email"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                (
                    "purpose",
                    models.CharField(max_length=6),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="suppliers.registration",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="suppliers.linkrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(purpose="open", registration__isnull=False)
                        | (
                            models.Q(purpose="report")
                            & ~models.Q(registration=None, request=None)
                        ),
                        name="link_leads_somewhere",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "bucket",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("began_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SpentPuzzle",
            fields=[
                (
                    "key",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("expires_at", models.DateTimeField()),
            ],
        ),
    ]
