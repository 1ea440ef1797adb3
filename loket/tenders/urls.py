"""The public address of changed schedules, and a sealed file for whoever tries it."""

from loket.kernel.routes import PUBLIC, route
from loket.offices.roles import OFFICERS
from loket.tenders import views

app_name = "tenders"

urlpatterns = [
    route(
        "kantor/<slug:office>/perubahan-jadwal/",
        views.schedule_changes,
        name="schedule_changes",
        roles=PUBLIC,
    ),
    route(
        "meja/tiket/<str:number>/barang-bukti/<int:exhibit>/",
        views.exhibit,
        name="exhibit",
        methods=("POST",),
        roles=OFFICERS,
    ),
]
