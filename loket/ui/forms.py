"""How Django draws forms here: label, hint and error in one group with its own template."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Form renderer of the whole product (setting `FORM_RENDERER`)."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"
