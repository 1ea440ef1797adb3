"""What pages and actions read: tax identities, drafts and their service, and what a ticket began with."""

from loket.suppliers.queries.drafts import (
    DRAFT,
    TERMS_VERSION,
    draft_of,
    first_unanswered,
    hash_of,
    is_foreign,
    is_link_open,
    is_reachable,
    mails_since,
)
from loket.suppliers.queries.papers import (
    checklist,
    form_data,
    region_of,
    registration_of,
    summary,
)
from loket.suppliers.queries.people import (
    open_tickets,
    owned_by,
    owns,
    people_of,
    registered_at,
    roles_of,
    tickets_of,
)
from loket.suppliers.queries.receipt import account_of, next_opening, receipt
from loket.suppliers.queries.services import (
    outside_system,
    registration_spec,
    registration_standard,
)
from loket.suppliers.queries.tax import (
    HOME_COUNTRY,
    TaxIdentity,
    is_claimed,
    nik_digest,
    tax_identity,
)

__all__ = [
    "DRAFT",
    "HOME_COUNTRY",
    "TERMS_VERSION",
    "TaxIdentity",
    "account_of",
    "checklist",
    "draft_of",
    "first_unanswered",
    "form_data",
    "hash_of",
    "is_claimed",
    "is_foreign",
    "is_link_open",
    "is_reachable",
    "mails_since",
    "next_opening",
    "nik_digest",
    "open_tickets",
    "outside_system",
    "owned_by",
    "owns",
    "people_of",
    "receipt",
    "region_of",
    "registered_at",
    "registration_of",
    "registration_spec",
    "registration_standard",
    "roles_of",
    "summary",
    "tax_identity",
    "tickets_of",
]
