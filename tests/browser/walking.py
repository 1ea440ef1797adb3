"""What several stories do alike: read a mail's link, sign in with both factors, say who one is."""

import re

from django.core import mail

from loket.accounts.actions import add_second_factor
from loket.accounts.queries import code_of, factors_of
from loket.offices.permissions import is_officer
from tests.factories.jobs import run_jobs
from tests.factories.people import PASSWORD
from tests.factories.registering import IDENTITY

SECRET = "JBSWY3DPEHPK3PXP"


def link_in(part):
    """Send what waits; the address in the latest mail that has this part."""
    run_jobs()
    found = [re.search(rf"https?://\S+{part}\S+", each.body) for each in mail.outbox]
    return [each[0].rstrip(".") for each in found if each][-1]


def sign_in(visitor, user):
    """An officer types the code of his app as well."""
    page = visitor.page
    page.goto("/masuk/")
    visitor.look("sign-in")
    if is_officer(user) and not factors_of(user):
        add_second_factor(user, secret=SECRET)
    type_in(page, user, PASSWORD)
    if page.url.endswith("/masuk/kode/"):
        page.locator("[name=code]").fill(code_of(SECRET))
        with page.expect_navigation():
            page.get_by_role("button", name="Lanjutkan").click()


def type_in(page, user, password):
    """User ID and password on the page that asks for them."""
    page.locator("[name=login]").fill(user.user_id)
    page.locator("[name=password]").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Masuk").click()


def fill_identity(page, said=IDENTITY):
    """The page that asks who the supplier is; what the standard asks besides is answered with no."""
    for name, value in said.items():
        field = page.locator(f"main [name={name}]")
        is_list = field.evaluate("each => each.tagName") == "SELECT"
        field.select_option(value) if is_list else field.fill(value)
    for question in page.locator("main fieldset input[value=no]").all():
        question.check()


def press(page, name):
    """A button or a link that looks like one, and the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()
