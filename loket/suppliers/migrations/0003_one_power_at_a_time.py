"""Two powers of attorney never stand for the same person, scope and day: the database refuses."""

from django.db import migrations

# The extension is one of those an owner of the database may create without being superuser
ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE suppliers_powerofattorney ADD CONSTRAINT power_once_at_a_time EXCLUDE USING gist (
  supplier_id WITH =,
  service_id WITH =,
  (coalesce(ticket_id, 0)) WITH =,
  nik_digest WITH =,
  daterange(valid_from, valid_until, '[]') WITH &&
) WHERE (revoked_at IS NULL AND is_accepted IS DISTINCT FROM false);
"""
REMOVE = "ALTER TABLE suppliers_powerofattorney DROP CONSTRAINT power_once_at_a_time"


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0002_people_and_proxies")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
