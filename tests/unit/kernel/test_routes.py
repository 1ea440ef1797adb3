"""Addresses and their policies are declared in one place."""

import pytest

from loket.kernel import routes
from tests.unit.kernel import addresses


@pytest.fixture(autouse=True)
def small_site(settings):
    settings.ROOT_URLCONF = "tests.unit.kernel.addresses"


def test_policy_stands_beside_the_address():
    found = {route.name: route.policy for route in routes.all_routes()}
    assert found["act"] == routes.Policy(("POST",), ("public",))
    assert found["desk"] == routes.Policy(("GET",), ("verifikator", "auditor"))


def test_forgotten_policy_shows_as_none():
    forgotten = [route.path for route in routes.all_routes() if route.policy is None]
    assert forgotten == ["/tanpa/"]


def test_names_of_included_rooms_carry_their_namespace():
    (room,) = [route for route in routes.all_routes() if route.id_params == ("office",)]
    assert (room.path, room.name) == ("/ruang/<slug:office>/", "rooms:room")


def test_order_is_the_resolvers():
    paths = [route.path for route in routes.all_routes()]
    assert paths[:3] == ["/", "/hasil/<int:number>/", "/tulis/"]


def test_one_view_may_stand_at_two_addresses_with_two_policies():
    open_one = routes.route("a/", addresses.plain, name="a", roles=routes.PUBLIC)
    closed = routes.route("b/", addresses.plain, name="b", roles=routes.SIGNED_IN)
    assert routes.policy_of(open_one.callback).roles == ("public",)
    assert routes.policy_of(closed.callback).roles == ("signed_in",)
    assert routes.policy_of(addresses.plain) is None
