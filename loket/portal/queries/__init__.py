"""What the public pages print, read from the records of offices, standards and tickets."""

from loket.portal.queries.front import office_page, office_rows, registration_steps
from loket.portal.queries.readiness import is_migrated
from loket.portal.queries.service import service_page
from loket.portal.queries.standard import standard_page
from loket.portal.queries.status import canonical_code, status_page

__all__ = [
    "canonical_code",
    "is_migrated",
    "office_page",
    "office_rows",
    "registration_steps",
    "service_page",
    "standard_page",
    "status_page",
]
