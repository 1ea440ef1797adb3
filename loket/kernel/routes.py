"""Every address is declared together with its policy: which methods, and whose.

The policy is enforced by a middleware before the view runs; an address without one
is refused. `loket routes --json` and the route tests read the same declarations.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, path

PUBLIC = ("public",)
SIGNED_IN = ("signed_in",)
APPLICANT = ("applicant",)


@dataclass(frozen=True)
class Policy:
    """Who may use one address and how. Which object they may see is `visible_to`'s matter.

    `changes` is False where a POST only keeps what is asked out of addresses and logs: it
    writes nothing and so needs no one-time key. `asks_database` is False for pages that
    answer without one.
    """

    methods: tuple[str, ...]
    roles: tuple[str, ...]
    changes: bool = True
    asks_database: bool = True


@dataclass(frozen=True)
class Route:
    """One address of the resolver with its policy, None when somebody forgot it."""

    path: str
    name: str
    policy: Policy | None
    id_params: tuple[str, ...]


def route(  # noqa: PLR0913  # a declaration, read like a table
    address: str,
    view: Callable[..., Any],
    *,
    name: str,
    roles: tuple[str, ...],
    methods: tuple[str, ...] = ("GET",),
    changes: bool = True,
    asks_database: bool = True,
) -> URLPattern:
    """Django's `path` with a policy. HEAD comes with GET."""

    @wraps(view)
    def governed(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    governed.policy = Policy(methods, roles, changes, asks_database)  # type: ignore[attr-defined]  # read by the middleware
    return path(address, governed, name=name)


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """The policy an address was declared with."""
    return getattr(view, "policy", None)


def all_routes() -> list[Route]:
    """Every address of the installation, in the resolver's order."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[Route]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from _walk(pattern.url_patterns, address, inner)
        else:
            params = tuple(pattern.pattern.converters)
            name = f"{namespace}{pattern.name}"
            yield Route(address, name, policy_of(pattern.callback), params)
