"""The demo's mailbox; absent from a real installation."""

from django.conf import settings
from django.urls import URLPattern

from loket.kernel import views
from loket.kernel.routes import PUBLIC, route

app_name = "kernel"
urlpatterns: list[URLPattern] = []
if settings.DEMO:
    urlpatterns = [
        route("_surat/", views.mailbox, name="mailbox", roles=PUBLIC),
        route("_surat/<slug:name>/", views.mail, name="mail", roles=PUBLIC),
        route(
            "_surat/<slug:name>/isi/", views.mail_html, name="mail_html", roles=PUBLIC
        ),
    ]
