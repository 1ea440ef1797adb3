"""The register of legal bases, and the schemas editors use."""

import pytest

from loket.standards.pack import json_schemas, legal_register


def test_every_successor_and_change_is_registered():
    laws = legal_register()
    named = {code for law in laws.values() for code in law.changed_by}
    named |= {law.successor for law in laws.values() if law.successor}
    assert named - set(laws) == set()


def test_a_revoked_law_has_a_successor_and_only_it():
    revoked = {
        code for code, law in legal_register().items() if law.status == "dicabut"
    }
    replaced = {code for code, law in legal_register().items() if law.successor}
    assert (
        revoked
        == replaced
        == {"pp-82-2012", "perlem-lkpp-9-2018", "perlem-lkpp-14-2018"}
    )


def test_a_changed_law_names_its_changes():
    changed = {code for code, law in legal_register().items() if law.status == "diubah"}
    assert changed == {code for code, law in legal_register().items() if law.changed_by}


@pytest.mark.parametrize(
    ("code", "short", "status"),
    [
        ("perpres-16-2018", "Perpres 16/2018", "diubah"),
        ("pp-71-2019", "PP 71/2019", "berlaku"),
        ("uu-25-2009", "UU 25/2009", "berlaku"),
    ],
)
def test_a_law_is_called_by_its_short_name(code, short, status):
    law = legal_register()[code]
    assert (law.short, law.status) == (short, status)


def test_schemas_name_the_keys_a_pack_uses():
    schemas = json_schemas()
    office, standard = schemas["office"], schemas["standard"]
    assert office["properties"]["code"]["pattern"] == "^[A-Z]{3}$"
    assert standard["additionalProperties"] is False
    step = standard["$defs"]["Step"]["properties"]
    assert {"step", "with", "kind"} - set(step) == set()


def test_schemas_let_a_text_be_plain_or_in_two_languages():
    text = json_schemas()["standard"]["$defs"]["Text"]
    assert [one["type"] for one in text["anyOf"]] == ["string", "object"]
