"""What officials ask for, what they were given, and what happened about it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import loket.kernel.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('offices', '0002_staff_and_invitations'),
        ('tickets', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(choices=[('ppk', 'Pejabat Pembuat Komitmen'), ('pokja', 'Anggota Pokja Pemilihan'), ('pp', 'Pejabat Pengadaan')], max_length=10)),
                ('nip', loket.kernel.crypto.EncryptedTextField()),
                ('nip_digest', models.CharField(max_length=64)),
                ('work_unit', models.CharField(max_length=200)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_grants', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AccessRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='id', max_length=5)),
                ('token_hash', models.CharField(blank=True, max_length=64)),
                ('token_expires_at', models.DateTimeField(null=True)),
                ('requested_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('nip', loket.kernel.crypto.EncryptedTextField(blank=True)),
                ('nip_digest', models.CharField(blank=True, max_length=64)),
                ('position', models.CharField(blank=True, choices=[('ppk', 'Pejabat Pembuat Komitmen'), ('pokja', 'Anggota Pokja Pemilihan'), ('pp', 'Pejabat Pengadaan')], max_length=10)),
                ('work_unit', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('until', models.DateTimeField(null=True)),
                ('user_id', models.CharField(blank=True, max_length=40)),
                ('password_hash', models.CharField(blank=True, max_length=128)),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_approved', models.BooleanField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('lapsed_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('extends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access_rights.accessgrant')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.storedfile')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
                ('ticket', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='AccessEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='access_rights.accessrequest')),
            ],
        ),
        migrations.AddConstraint(
            model_name='accessgrant',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='access_grant_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='accessgrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('office', '='), ('user', '='), ('position', '='), (models.Func('since', 'until', models.Value('[)'), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='access_grant_no_two_at_once'),
        ),
        migrations.AddConstraint(
            model_name='accessgrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('nip_digest', '='), ('user', '<>')], name='access_grant_one_account_per_nip'),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.UniqueConstraint(models.F('token_hash'), condition=models.Q(('token_hash', ''), _negated=True), name='access_request_one_per_link'),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.UniqueConstraint(models.F('office'), django.db.models.functions.text.Upper('email'), condition=models.Q(('decided_at', None), ('lapsed_at', None), ('submitted_at__isnull', False)), name='access_request_one_waiting'),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), models.Q(('confirmed_at__isnull', False), ('letter__isnull', False), ('until__isnull', False), models.Q(('nip_digest', ''), _negated=True), models.Q(('position', ''), _negated=True)), _connector='OR'), name='access_request_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_approved', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_approved__isnull', False), ('lapsed_at', None), ('submitted_at__isnull', False)), _connector='OR'), name='access_request_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.CheckConstraint(condition=models.Q(('is_approved', None), ('is_approved', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='access_request_refusal_has_reason'),
        ),
    ]
