"""Pytest plug-in of bin/ci: a skipped test is a test that nobody ran, and fails the build."""

import pytest


def _skipped(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for report in _skipped(config):
        terminalreporter.write_line(f"Skipped, so the build fails: {report.nodeid}")
