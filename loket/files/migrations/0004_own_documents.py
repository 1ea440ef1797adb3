"""What loket drew itself is no longer counted among the files that wait for a scanner."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0003_roles_of_viewers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='storedfile',
            name='scan',
            field=models.CharField(choices=[('not_scanned', 'belum dipindai'), ('held', 'sedang dipindai'), ('clean', 'bersih'), ('infected', 'mengandung virus'), ('own', 'dibuat loket')], default='not_scanned', max_length=12),
        ),
        migrations.RunSQL(
            "UPDATE files_storedfile SET scan = 'own' WHERE stored_by_id IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
