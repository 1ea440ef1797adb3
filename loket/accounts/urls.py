"""Sign-in, recovery and one's own account. What the library offers beyond this has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from django.conf import settings

from loket.accounts.views import account as own, emails, factors, passwords, recovery
from loket.accounts.views.refusals import refusing
from loket.kernel.routes import PUBLIC, SIGNED_IN, route

FORM, BUTTON = ("GET", "POST"), ("POST",)
FACTOR = "akun/faktor-kedua/"

door = [
    route("masuk/", refusing(account.login), name="account_login", methods=FORM, roles=PUBLIC),
    route("masuk/kode/", refusing(second_factor.authenticate), name="mfa_authenticate", methods=FORM, roles=PUBLIC),
    route("masuk/nonaktif/", account.account_inactive, name="account_inactive", roles=PUBLIC),
    route("masuk/ulang/", refusing(account.reauthenticate), name="account_reauthenticate", methods=FORM, roles=SIGNED_IN),
    route("masuk/lupa/", recovery.forgotten, name="account_reset", methods=FORM, roles=PUBLIC),
    route("masuk/lupa/terkirim/", recovery.sent, name="account_reset_sent", roles=PUBLIC),
    route("masuk/lupa/<str:token>/", recovery.link, name="account_reset_link", methods=FORM, roles=PUBLIC),
    route("keluar/", account.logout, name="account_logout", methods=FORM, roles=SIGNED_IN),
    route("kata-sandi/kekuatan/", passwords.password_strength, name="password_strength",
          methods=BUTTON, roles=PUBLIC, changes=False),
]  # fmt: skip
own_account = [
    route("akun/", own.account, name="account", roles=SIGNED_IN),
    route("akun/kata-sandi/", own.password, name="account_password", methods=FORM, roles=SIGNED_IN),
    route("akun/bahasa/", own.language, name="account_language", methods=BUTTON, roles=SIGNED_IN),
    route("akun/sesi/akhiri/", own.end_others, name="account_end_others", methods=BUTTON, roles=SIGNED_IN),
    route("akun/sesi/<uuid:handle>/akhiri/", own.end, name="account_end", methods=BUTTON, roles=SIGNED_IN),
    route("akun/kirim-lagi/", own.resend, name="account_resend", roles=SIGNED_IN),
    route("akun/email/", emails.change, name="account_email", methods=FORM, roles=SIGNED_IN),
    route("akun/email/batal/", emails.cancel, name="account_email_cancel", methods=BUTTON, roles=SIGNED_IN),
    route("email/benar/", emails.confirmed, name="account_email_confirmed", roles=PUBLIC),
    route("email/benar/<str:token>/", emails.confirm, name="account_email_confirm", methods=FORM, roles=PUBLIC),
    route("email/batal/", emails.stopped, name="account_email_stopped", roles=PUBLIC),
    route("email/batal/<str:token>/", emails.stop, name="account_email_stop", methods=FORM, roles=PUBLIC),
]  # fmt: skip
second_factors = [
    route(FACTOR, factors.index, name="mfa_index", roles=SIGNED_IN),
    route(FACTOR + "aplikasi/", refusing(factors.add_app), name="mfa_activate_totp", methods=FORM, roles=SIGNED_IN),
    route(FACTOR + "aplikasi/hapus/", refusing(factors.remove_app), name="mfa_deactivate_totp", methods=FORM, roles=SIGNED_IN),
    route(FACTOR + "kunci/", refusing(factors.add_passkey), name="mfa_add_webauthn", methods=FORM, roles=SIGNED_IN),
    route(FACTOR + "kunci/<int:pk>/hapus/", refusing(factors.remove_passkey), name="mfa_remove_webauthn", methods=FORM, roles=SIGNED_IN),
    route(FACTOR + "kode/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes", roles=SIGNED_IN),
    route(FACTOR + "kode/baru/", refusing(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes",
          methods=FORM, roles=SIGNED_IN),
    route(FACTOR + "kode/unduh/", factors.download_codes, name="mfa_download_codes",
          methods=BUTTON, roles=SIGNED_IN, changes=False),
]  # fmt: skip

urlpatterns = [*door, *own_account, *second_factors]
if settings.DEMO:
    urlpatterns.append(
        route("_kode/", passwords.demo_codes, name="demo_codes", roles=PUBLIC)
    )
