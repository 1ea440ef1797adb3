"""Entry point of the web processes."""

import os

from django.core.wsgi import get_wsgi_application

from loket.kernel.uploads import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = whole_bodies(get_wsgi_application())
