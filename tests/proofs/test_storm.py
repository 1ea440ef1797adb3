"""A small storm in every build, and two wrong programs that it must catch."""

import pytest

from tests.proofs.storm import SETTINGS, Size, Storm, print_result

WEB = ("web process",)


@pytest.fixture
def storm():
    """Makes storms and removes what they wrote."""
    made = []

    def make(*args, **more):
        made.append(Storm(*args, **more))
        return made[-1]

    yield make
    for each in made:
        each.forget()


def test_nothing_acknowledged_is_lost_or_done_twice(storm):
    result = storm(Size(kills=5, acknowledgements=100, crews=4)).run()
    print_result(result)
    assert result.settings == dict.fromkeys(SETTINGS, "on")
    assert sum(result.killed.values()) == 5
    assert result.acknowledged >= 100
    assert (result.findings.lost, result.findings.doubled) == ([], [])
    assert [name for name, wrong in result.findings.broken.items() if wrong] == []


def test_answer_before_the_commit_is_noticed_as_loss(storm):
    size = Size(kills=8, acknowledgements=160, crews=6, visitors=0)
    app = "tests.proofs.broken.answers_before_commit"
    found = storm(size, app=app, only=WEB).run().findings
    assert {kind for kind, _token in found.lost} == {"message"}


def test_form_without_its_key_is_noticed_as_done_twice(storm):
    size = Size(kills=8, acknowledgements=160, crews=6, visitors=0)
    found = storm(size, app="tests.proofs.broken.without_keys", only=WEB).run().findings
    assert found.doubled != []
