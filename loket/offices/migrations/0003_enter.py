"""The function by which a request enters the database as a person (see loket/kernel/fence.py).

It is the system for as long as it reads the memberships, which decide before the fence knows anybody.
"""

from django.db import migrations

ENTER = """
CREATE FUNCTION loket_enter(person bigint, moment timestamptz)
RETURNS TABLE (office_id bigint, role varchar, services jsonb)
LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('loket.actor', true), '');
    whole text;
    parts text;
    audited text;
BEGIN
    PERFORM set_config('loket.actor', 'system', true);
    WITH now_in AS (
        SELECT m.office_id AS office, bool_and(m.services <> '[]') AS is_scoped
          FROM offices_membership m
         WHERE m.user_id = person AND m.valid_from <= moment
           AND (m.valid_until IS NULL OR m.valid_until > moment)
         GROUP BY m.office_id
    )
    SELECT string_agg(n.office::text, ',') FILTER (WHERE NOT n.is_scoped),
           string_agg(n.office::text, ',') FILTER (WHERE n.is_scoped),
           (SELECT string_agg(m.office_id || ':' || code.value, ',')
              FROM now_in i JOIN offices_membership m ON m.office_id = i.office
             CROSS JOIN jsonb_array_elements_text(m.services) code
             WHERE i.is_scoped AND m.user_id = person AND m.valid_from <= moment
               AND (m.valid_until IS NULL OR m.valid_until > moment))
      INTO whole, audited, parts FROM now_in n;
    PERFORM set_config('loket.person', person::text, true),
            set_config('loket.now', moment::text, true),
            set_config('loket.offices', coalesce(whole, ''), true),
            set_config('loket.audited', coalesce(audited, ''), true),
            set_config('loket.scoped', coalesce(parts, ''), true);
    RETURN QUERY SELECT m.office_id, m.role, m.services FROM offices_membership m
     WHERE m.user_id = person AND m.valid_from <= moment
       AND (m.valid_until IS NULL OR m.valid_until > moment);
    PERFORM set_config('loket.actor', before, true);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_staff_and_invitations")]
    operations = [migrations.RunSQL(ENTER, "DROP FUNCTION loket_enter(bigint, timestamptz)")]
