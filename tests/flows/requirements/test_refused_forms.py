"""No form of the product forgets what was typed when one field of it is wrong (issue 2.1; passwords excepted)."""

from urllib.parse import urlsplit

import pytest

from loket.kernel.routes import all_routes
from tests.factories.registering import post
from tests.flows.requirements.survival import CASES as FIRST
from tests.flows.requirements.survival_later import LATER
from tests.unit.ui.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CASES = FIRST | LATER
# Nothing is typed: a button, or a consent that was just refused
BUTTONS = {
    "account_logout", "account_language", "account_end_others", "account_end",
    "account_email_cancel", "account_email_confirm", "account_email_stop",
    "mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_generate_recovery_codes",
    "mfa_download_codes",
    "suppliers:link", "suppliers:resend", "suppliers:resume", "suppliers:not_me",
    "suppliers:review", "suppliers:office", "suppliers:send_mail_again",
    "suppliers:identity_numbers", "suppliers:cancel_invitation", "suppliers:end_role",
    "suppliers:revoke_power", "access_rights:link", "access_rights:approve",
    "access_rights:nip", "access_rights:end", "access_rights:end_account", "tenders:exhibit", "suppliers:stop_change", "offices:dismiss", "offices:factor",
    "offices:withdraw", "tickets:take", "tickets:withdraw",
    "offices:end_absence", "suppliers:own_promise", "suppliers:ticket_offer",
    "tickets:drop_filter", "tickets:give_back", "verification:act", "verification:agree",
    "suppliers:own_letter_prepare", "suppliers:letter_at_desk_prepare",
    "tickets:answers", "tickets:package_files", "reports:export",
}  # fmt: skip
# One field alone, which is the wrong one when it is empty; secrets and files are never shown again
ONE_FIELD = {
    "account_reset", "access_rights:refuse", "tickets:reopen", "tickets:own_message",
    "mfa_authenticate", "account_reauthenticate", "account_reset_link", "account_password",
    "mfa_activate_totp", "password_strength", "tickets:upload",
    "suppliers:claim", "suppliers:lift_sanction", "suppliers:own_filled", "tickets:ask_reopening",
    "tickets:assign", "tickets:keep_filter", "tickets:override", "tickets:waive",
    "verification:picture", "tickets:chase",
}  # fmt: skip
TOLD_ELSEWHERE = {
    "access_rights:extend",  # the letter and one date
    "tickets:papers",  # files; test_intake: good scans stay when one of them is refused
    "mfa_add_webauthn",  # a script sends it
    "requests:ask",  # tests/unit/tenders: a refused form keeps what was typed
    "tickets:triage",  # choices alone
}


def controls(page, path):
    """What every form of this address shows filled in, by name."""
    found, current, select = [], None, None
    for element in page.elements:
        if element.tag == "form":
            is_here = urlsplit(element["action"] or path).path == path
            current = {} if is_here else None
            found += [current] if is_here else []
        if current is None:
            continue
        select = element["name"] if element.tag == "select" else select
        for name, value in shown(element, select):
            current.setdefault(name, []).append(value)
    return found


def shown(element, select):
    """The name and value a control would send again."""
    if element.tag == "option" and "selected" in element.attrs:
        yield select, element["value"]
    elif element.tag == "textarea":
        yield element["name"], element.text.strip()
    elif element.tag == "input" and element["name"]:
        is_choice = element["type"] in {"radio", "checkbox"}
        if not is_choice or "checked" in element.attrs:
            yield element["name"], element["value"] or ("on" if is_choice else "")


def lost(form, typed):
    return {name: form.get(name) for name, said in typed.items() if said.strip() not in form.get(name, [])}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_form_shows_again_what_was_typed(packs, name):
    case = CASES[name](packs)
    answered = post(case.client, case.address, case.kept | case.more)
    assert answered.status_code == 422
    text = answered.content.decode()
    forms = controls(Page(text), urlsplit(case.address).path)
    assert forms != []
    assert min((lost(form, case.kept) for form in forms), key=len) == {}
    secrets = [said for field, said in case.more.items() if "password" in field and len(said) > 1]  # fmt: skip
    assert [said for said in secrets if said in text] == []


def test_every_form_of_the_product_is_tried_or_has_nothing_to_lose():
    posts = {each.name for each in all_routes() if "POST" in each.policy.methods}
    tried = {name.partition(" ")[0] for name in CASES}
    assert posts == tried | BUTTONS | ONE_FIELD | TOLD_ELSEWHERE


def test_a_forgotten_field_would_be_noticed():
    page = '<form action="/a/"><input name="x"></form><form action="/b/"><input name="x" value="1"></form>'  # fmt: skip
    [form] = controls(Page(page), "/a/")
    assert lost(form, {"x": "1"}) == {"x": [""]}
