"""Full text of tickets and messages, and the function by which officers search it (loket/tickets/queries/search.py).

Comparing with a text is not leak-proof, so behind row-level security no index would serve it: every
message of the country would be read. `loket_search` therefore looks as the owner of the tables, and
keeps the fence itself: it finds tickets only in the offices and services both its caller and the
database's actor name. The vectors are columns that Django does not know, because no page prints them.
"""

from django.db import migrations

PLAIN = "regexp_replace({}, '[^[:alnum:]]+', ' ', 'g')"
VECTOR = "to_tsvector('simple', {})"

COLUMNS = """
ALTER TABLE tickets_message ADD COLUMN words tsvector GENERATED ALWAYS AS ({body}) STORED;
ALTER TABLE tickets_ticket ADD COLUMN words tsvector GENERATED ALWAYS AS ({ticket}) STORED;
CREATE INDEX message_words ON tickets_message USING gin (words);
CREATE INDEX ticket_words ON tickets_ticket USING gin (words);
CREATE INDEX user_words ON accounts_user USING gin ({person});
""".format(
    body=VECTOR.format(PLAIN.format("body")),
    ticket=VECTOR.format(PLAIN.format("number || ' ' || applicant_name")),
    person=VECTOR.format(PLAIN.format("name")),
)

SOUGHT = """
CREATE FUNCTION loket_sought(said text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
    SELECT to_tsquery('simple', string_agg(
        CASE WHEN word ~ '^[0-9]{{1,4}}$' THEN '(' || word || ':* | ' || lpad(word, 5, '0') || ')'
             ELSE word || ':*' END, ' & '))
      FROM unnest(string_to_array(trim({said}), ' ')) word
$$
""".format(said=PLAIN.format("said"))

SEARCH = """
CREATE FUNCTION loket_search(said text, at_offices bigint[], at_services text[], at_most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    sought tsquery := public.loket_sought(said);
    offices bigint[] := at_offices;
    services text[] := at_services;
BEGIN
    IF coalesce(current_setting('loket.actor', true), '') <> 'system' THEN
        SELECT coalesce(array_agg(o), '{{}}') INTO offices FROM unnest(at_offices) o
         WHERE o = ANY (string_to_array(nullif(current_setting('loket.offices', true), ''), ',')::bigint[]);
        SELECT coalesce(array_agg(s), '{{}}') INTO services FROM unnest(at_services) s
         WHERE s = ANY (string_to_array(nullif(current_setting('loket.scoped', true), ''), ','));
    END IF;
    RETURN QUERY SELECT found.id FROM (
        (SELECT DISTINCT m.ticket_id AS id FROM tickets_message m
          WHERE m.words @@ sought AND {message} ORDER BY id DESC LIMIT at_most)
        UNION
        (SELECT t.id FROM tickets_ticket t
          WHERE t.words @@ sought AND {ticket} ORDER BY id DESC LIMIT at_most)
        UNION
        (SELECT DISTINCT p.ticket_id AS id FROM tickets_party p JOIN accounts_user u ON u.id = p.user_id
          WHERE {person} @@ sought AND {party} ORDER BY id DESC LIMIT at_most)
    ) found ORDER BY found.id DESC LIMIT at_most;
END $$
"""


def reached(office, ticket):
    """The row is an office's where all is read, or its ticket asks for a service that is read."""
    return f"""({office} = ANY (offices) OR services <> '{{}}' AND EXISTS (
            SELECT 1 FROM tickets_ticket o JOIN standards_service s ON s.id = o.service_id
             WHERE o.id = {ticket} AND o.office_id || ':' || s.code = ANY (services)))"""


FUNCTION = SEARCH.format(
    message=reached("m.office_id", "m.ticket_id"),
    ticket=reached("t.office_id", "t.id"),
    party=reached("p.office_id", "p.ticket_id"),
    person=VECTOR.format(PLAIN.format("u.name")),
)
GONE = """
DROP FUNCTION loket_search(text, bigint[], text[], int);
DROP FUNCTION loket_sought(text);
DROP INDEX user_words;
ALTER TABLE tickets_ticket DROP COLUMN words;
ALTER TABLE tickets_message DROP COLUMN words;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("standards", "0001_initial"),
        ("tickets", "0012_near_in_open_time"),
    ]
    operations = [
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(SOUGHT, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTION, GONE),
    ]
