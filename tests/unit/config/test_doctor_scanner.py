"""The doctor says whether a scanner is named and answers."""

import pytest

from config.commands import doctor
from tests.factories.clamav import Clamd


def found():
    (finding,) = [each for each in doctor.look() if each.what == "virus scanner"]
    return finding


def test_without_a_scanner_it_is_absent_and_that_is_allowed(settings):
    settings.CLAMD = ""
    assert (found().is_there, found().is_required) == (False, False)


def test_scanner_that_does_not_answer_is_missing(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody.sock")
    assert (found().is_there, found().is_required) == (False, True)


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_scanner_that_answers_tells_its_version(settings, tmp_path, way):
    daemon = Clamd(tmp_path)
    daemon.start()
    settings.CLAMD = getattr(daemon, way)
    try:
        assert (found().is_there, found().detail[:6]) == (True, "ClamAV")
    finally:
        daemon.stop()
