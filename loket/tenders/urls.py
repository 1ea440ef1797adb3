"""The public address of changed schedules."""

from loket.kernel.routes import PUBLIC, route
from loket.tenders import views

app_name = "tenders"

urlpatterns = [
    route(
        "kantor/<slug:office>/perubahan-jadwal/",
        views.schedule_changes,
        name="schedule_changes",
        roles=PUBLIC,
    ),
]
