"""Addresses of the language switch and, while developing or in the demo, of the gallery."""

from django.conf import settings

from loket.kernel.routes import PUBLIC, route
from loket.ui import views

app_name = "ui"
urlpatterns = [
    route("bahasa/<slug:code>/", views.language, name="language", roles=PUBLIC),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += [
        route("_ui/", views.components, name="gallery", roles=PUBLIC),
        route("_ui/<slug:face>/", views.components, name="gallery_face", roles=PUBLIC),
    ]
