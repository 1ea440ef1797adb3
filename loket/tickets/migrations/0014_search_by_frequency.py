"""The search chooses its way by how often the words stand in the newest rows.

A planner that must bring the newest first walks backwards for a word it does not know, and reads
everything to find twelve rows. So frequent words are found by walking from the newest row, which
soon has enough; all others by their index, then put in order.
"""

from django.db import migrations

PLAIN = "regexp_replace(u.name, '[^[:alnum:]]+', ' ', 'g')"
SAMPLE, FREQUENT = 1000, 90  # hits among the newest rows from which on walking is cheaper


def reached(office, ticket):
    """The row is an office's where all is read, or its ticket asks for a service that is read."""
    return f"""({office} = ANY (offices) OR services <> '{{}}' AND EXISTS (
        SELECT 1 FROM tickets_ticket o JOIN standards_service s ON s.id = o.service_id
         WHERE o.id = {ticket} AND o.office_id || ':' || s.code = ANY (services)))"""


def found(table, ticket, order):
    """Hits of a table with a vector of its own, by either way."""
    hit = f"r.words @@ sought AND {reached('r.office_id', 'r.' + ticket)}"
    newest = f"(SELECT * FROM {table} ORDER BY {order}"
    return f"""
    SELECT count(*) INTO hits FROM {newest} LIMIT {SAMPLE}) r WHERE {hit};
    IF hits >= {FREQUENT} THEN
        ids := ids || array(SELECT DISTINCT r.{ticket} FROM {newest} OFFSET 0) r WHERE {hit}
                            ORDER BY r.{ticket} DESC LIMIT at_most);
    ELSE
        ids := ids || array(SELECT DISTINCT r.{ticket} FROM {table} r WHERE {hit});
    END IF;"""


SEARCH = f"""
CREATE OR REPLACE FUNCTION loket_search(said text, at_offices bigint[], at_services text[], at_most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    sought tsquery := public.loket_sought(said);
    offices bigint[] := at_offices;
    services text[] := at_services;
    ids bigint[] := '{{}}';
    people bigint[];
    hits bigint;
BEGIN
    IF coalesce(current_setting('loket.actor', true), '') <> 'system' THEN
        SELECT coalesce(array_agg(o), '{{}}') INTO offices FROM unnest(at_offices) o
         WHERE o = ANY (string_to_array(nullif(current_setting('loket.offices', true), ''), ',')::bigint[]);
        SELECT coalesce(array_agg(s), '{{}}') INTO services FROM unnest(at_services) s
         WHERE s = ANY (string_to_array(nullif(current_setting('loket.scoped', true), ''), ','));
    END IF;
    {found("tickets_message", "ticket_id", "ticket_id DESC, id DESC")}
    {found("tickets_ticket", "id", "id DESC")}
    people := array(SELECT u.id FROM accounts_user u WHERE to_tsvector('simple', {PLAIN}) @@ sought);
    IF cardinality(people) >= {FREQUENT} THEN
        ids := ids || array(SELECT DISTINCT p.ticket_id
                              FROM (SELECT * FROM tickets_party ORDER BY ticket_id DESC OFFSET 0) p
                             WHERE p.user_id = ANY (people) AND {reached("p.office_id", "p.ticket_id")}
                             ORDER BY p.ticket_id DESC LIMIT at_most);
    ELSIF people <> '{{}}' THEN
        ids := ids || array(SELECT p.ticket_id FROM tickets_party p
                             WHERE p.user_id = ANY (people) AND {reached("p.office_id", "p.ticket_id")});
    END IF;
    RETURN QUERY SELECT DISTINCT i FROM unnest(ids) i ORDER BY i DESC LIMIT at_most;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("tickets", "0013_search")]
    operations = [migrations.RunSQL(SEARCH, migrations.RunSQL.noop)]
