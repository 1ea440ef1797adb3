"""Puts the addresses of the rooms together; each room declares its own with their policy."""

from django.urls import include, path

handler400 = "loket.portal.views.errors.bad_request"
handler403 = "loket.portal.views.errors.forbidden"
handler404 = "loket.portal.views.errors.not_found"
handler500 = "loket.kernel.views.server_error"

urlpatterns = [
    path("", include("loket.portal.urls")),
    path("", include("loket.accounts.urls")),
    path("", include("loket.reports.urls")),
    path("", include("loket.verification.urls")),
    path("", include("loket.requests.urls")),
    path("", include("loket.tenders.urls")),
    path("", include("loket.suppliers.urls")),
    path("", include("loket.access_rights.urls")),
    path("", include("loket.offices.urls")),
    path("", include("loket.tickets.urls")),
    path("", include("loket.ui.urls")),
    path("", include("loket.kernel.urls")),
]
