"""Requests that came through the national helpdesk keep their number there, and are found by it."""

from django.conf import settings
from django.db import migrations, models


WORDS = """
ALTER TABLE tickets_ticket DROP COLUMN words;
ALTER TABLE tickets_ticket ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple',
    regexp_replace({}, '[^[:alnum:]]+', ' ', 'g'))) STORED;
CREATE INDEX ticket_words ON tickets_ticket USING gin (words);
"""
NOW = WORDS.format("number || ' ' || applicant_name || ' ' || outside_number")
BEFORE = WORDS.format("number || ' ' || applicant_name")


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0004_absences'),
        ('standards', '0004_blank_letters'),
        ('tickets', '0018_escalation_answers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='outside_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='channel',
            field=models.CharField(choices=[('portal', 'Portal'), ('counter', 'Loket'), ('email', 'E-mail'), ('whatsapp', 'WhatsApp'), ('phone', 'Telepon'), ('letter', 'Surat'), ('lpse_support', 'LPSE Support')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('channel', 'lpse_support'), ('outside_number', ''), _connector='XOR'), name='ticket_of_lpse_support_has_its_number'),
        ),
        migrations.RunSQL(NOW, BEFORE),
    ]
