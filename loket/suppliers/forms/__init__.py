"""What is typed during a registration and at the supplier's steps; forms parse, actions decide."""

from loket.suppliers.forms.asking import AddressForm, AskForm
from loket.suppliers.forms.business import BusinessForm, EmailForm
from loket.suppliers.forms.identity import IdentityForm
from loket.suppliers.forms.join import ChooseForm, JoinForm
from loket.suppliers.forms.office import OfficeForm
from loket.suppliers.forms.review import ReviewForm
from loket.suppliers.forms.steps import (
    ActivateForm,
    DiscloseForm,
    FilledForm,
    FollowUpForm,
    PromiseForm,
)
from loket.suppliers.forms.tax import ForeignTaxForm, NpwpForm, tax_form

__all__ = [
    "ActivateForm",
    "AddressForm",
    "AskForm",
    "BusinessForm",
    "ChooseForm",
    "DiscloseForm",
    "EmailForm",
    "FilledForm",
    "FollowUpForm",
    "ForeignTaxForm",
    "IdentityForm",
    "JoinForm",
    "NpwpForm",
    "OfficeForm",
    "PromiseForm",
    "ReviewForm",
    "tax_form",
]
