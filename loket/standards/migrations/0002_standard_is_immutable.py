"""A published standard never changes: the database itself refuses, whoever asks."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION standards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published standard is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER standard_is_immutable BEFORE UPDATE OR DELETE ON standards_standard
  FOR EACH ROW EXECUTE FUNCTION standards_refuse_change();
"""
UNPROTECT = """
DROP TRIGGER standard_is_immutable ON standards_standard;
DROP FUNCTION standards_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]

    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
