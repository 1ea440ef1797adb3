"""Addresses of what an office shows of its work."""

from loket.kernel.routes import route
from loket.offices.roles import OFFICERS
from loket.reports import views

app_name = "reports"

urlpatterns = [
    route("meja/<slug:office>/catatan/", views.log, name="log", roles=OFFICERS),
    route(
        "meja/<slug:office>/catatan/unduh/<slug:kind>/",
        views.export,
        name="export",
        methods=("POST",),
        roles=OFFICERS,
    ),
]
