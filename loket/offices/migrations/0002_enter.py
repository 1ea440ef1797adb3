"""The function by which a request enters the database as a person (see loket/kernel/fence.py).

It runs with the rights of the owner, so that the memberships decide before the fence knows anybody.
"""

from django.db import migrations

ENTER = """
CREATE OR REPLACE FUNCTION loket_enter(person bigint, moment timestamptz)
RETURNS TABLE (office_id bigint, role varchar)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    offices text;
BEGIN
    SELECT string_agg(DISTINCT m.office_id::text, ',') INTO offices FROM offices_membership m
     WHERE m.user_id = person AND m.valid_from <= moment
       AND (m.valid_until IS NULL OR m.valid_until > moment);
    PERFORM set_config('loket.person', person::text, true),
            set_config('loket.now', moment::text, true),
            set_config('loket.offices', coalesce(offices, ''), true);
    RETURN QUERY SELECT m.office_id, m.role FROM offices_membership m
     WHERE m.user_id = person AND m.valid_from <= moment
       AND (m.valid_until IS NULL OR m.valid_until > moment);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]
    operations = [migrations.RunSQL(ENTER, "DROP FUNCTION loket_enter(bigint, timestamptz)")]
