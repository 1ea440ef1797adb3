import pytest
from tests.browser.test_english import *
from tests.factories.people import person, officer
def test_zz(visit, bogor, client):
    v=visit(); page=english(v)
    from tests.factories.registering import asked
    from loket.suppliers.actions import new_link
    t=new_link(asked(bogor))
    page.goto(f"/kantor/{bogor.slug}/daftar/tautan/{t}/"); v.look('english-link')
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/usaha/**")
    page.locator("main form button[type=submit]").last.click(); v.look('english-usaha-err')
    page.locator("[name=applicant_kind][value=badan-usaha]").check()
    page.locator("[name=form_of_business]").select_option("cv")
    page.locator("[name=branch_kind][value=head]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/npwp/**")
    page.locator("[name=number]").fill("801234568404001")
    page.locator("[name=password]").fill("abc")
    page.locator("main form button[type=submit]").last.click(); v.look('english-npwp-err')
    page.goto(f"/kantor/{bogor.slug}/daftar/identitas/"); v.look('english-identitas')
