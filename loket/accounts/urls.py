"""Sign-in and sign-out. Addresses that the library needs by name and loket does not offer are left out."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.conf import settings

from loket.accounts import views
from loket.kernel.routes import PUBLIC, SIGNED_IN, route

FORM = ("GET", "POST")

urlpatterns = [
    route("masuk/", account.login, name="account_login", methods=FORM, roles=PUBLIC),
    route(
        "masuk/kode/",
        second_factor.authenticate,
        name="mfa_authenticate",
        methods=FORM,
        roles=PUBLIC,
    ),
    route(
        "masuk/nonaktif/",
        account.account_inactive,
        name="account_inactive",
        roles=PUBLIC,
    ),
    route(
        "masuk/ulang/",
        account.reauthenticate,
        name="account_reauthenticate",
        methods=FORM,
        roles=SIGNED_IN,
    ),
    route(
        "masuk/ulang/kode/",
        second_factor.reauthenticate,
        name="mfa_reauthenticate",
        methods=FORM,
        roles=SIGNED_IN,
    ),
    route(
        "kata-sandi/kekuatan/",
        views.password_strength,
        name="password_strength",
        methods=("POST",),
        roles=PUBLIC,
        changes=False,
    ),
    route(
        "keluar/", account.logout, name="account_logout", methods=FORM, roles=SIGNED_IN
    ),
]
if settings.DEMO:
    urlpatterns.append(
        route("_kode/", views.demo_codes, name="demo_codes", roles=PUBLIC)
    )
