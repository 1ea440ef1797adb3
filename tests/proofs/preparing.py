"""What stands before a storm: officers with second factors, and drafts that only wait to be sent."""

import base64
import json
import secrets
from pathlib import Path
from random import Random

from config.invented import invented_npwp
from loket.accounts.actions import add_second_factor
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.suppliers.actions import new_link
from tests.factories.people import PASSWORD, officer
from tests.factories.registering import filled_in

OFFICE = "kota-bogor"
NEWCOMERS = 300  # who register from the first page on


def main(path: str, crews: str, drafts: str) -> None:
    """Write the crews' people to `path`."""
    office = Office.objects.get(slug=OFFICE)
    random = Random(4)
    numbers = _different_numbers(int(crews) * int(drafts) + NEWCOMERS, random)
    newcomers = [numbers.pop() for _ in range(NEWCOMERS)]
    Path(path).with_name("numbers.json").write_text(json.dumps(newcomers))
    made = [
        {
            "officer": _officer(office),
            "drafts": [_draft(office, number) for number in numbers[first :: int(crews)]],
        }
        for first in range(int(crews))
    ]  # fmt: skip
    Path(path).write_text(json.dumps(made))


def _different_numbers(count: int, random: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[invented_npwp(random)] = None
    return list(found)


def _officer(office: Office) -> dict[str, str]:
    user = officer(office, Role.VERIFIKATOR)
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    add_second_factor(user, secret=secret)
    return {"login": user.user_id, "password": PASSWORD, "secret": secret}


def _draft(office: Office, npwp: str) -> dict[str, str]:
    login, name = f"badai{npwp[1:13]}", f"CV Badai {npwp}"
    draft = filled_in(
        office, f"{login}@pandan.example", npwp=npwp, user_id=login, name=name
    )
    return {"link": f"/kantor/{OFFICE}/daftar/tautan/{new_link(draft)}/", "login": login, "name": name}  # fmt: skip
