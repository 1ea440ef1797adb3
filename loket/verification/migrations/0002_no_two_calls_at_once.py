"""An officer holds one call at a time: the database refuses a second one that overlaps."""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE verification_session ADD CONSTRAINT session_no_two_at_once EXCLUDE USING gist (
  officer_id WITH =,
  tstzrange(scheduled_at, until) WITH &&
) WHERE (status = 'planned');
"""
REMOVE = "ALTER TABLE verification_session DROP CONSTRAINT session_no_two_at_once"


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_sessions")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
