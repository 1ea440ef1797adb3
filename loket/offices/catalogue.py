"""The services of an office by code and title. A higher room knows them and registers how to ask."""

from collections.abc import Callable

from loket.offices.models import Office

Titles = Callable[[Office], dict[str, str]]
_asked: list[Titles] = []


def names_services(function: Titles) -> Titles:
    """Register the function that gives an office's services, code to title, in the reader's language."""
    _asked.append(function)
    return function


def services_of(office: Office) -> dict[str, str]:
    """Code to title of every service of the office, for the scope of an auditor."""
    return {code: title for ask in _asked for code, title in ask(office).items()}
