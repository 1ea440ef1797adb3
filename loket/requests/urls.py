"""Addresses at which a service is asked for, below the service's own page."""

from loket.kernel.routes import SIGNED_IN, route
from loket.requests import views

app_name = "requests"

urlpatterns = [
    route(
        "kantor/<slug:office>/layanan/<slug:service>/ajukan/",
        views.ask,
        name="ask",
        methods=("GET", "POST"),
        roles=SIGNED_IN,
    ),
]
