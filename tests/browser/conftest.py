"""A real Chromium on pages that are really served; every page it opens is looked at by axe."""

import json
import os
from io import BytesIO
from pathlib import Path

import axe_playwright_python
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = Path(__file__).parents[2] / "docs" / "screens"
PHONE, DESKTOP = 360, 1440


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    # Playwright's loop makes Django believe that it is called from asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360", "1440"])
def width(request):
    return request.param


@pytest.fixture
def visit(chromium, live_server, width, settings):
    """Opens browsers of one width, each a person of its own; keeps a picture when asked to."""
    settings.SITE_URL = live_server.url
    settings.DEMO = True
    opened = []

    def open_browser(**options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="id-ID", base_url=live_server.url, **options
        )  # fmt: skip
        context.set_default_timeout(15_000)
        opened.append(context)
        return Visitor(context.new_page(), width, live_server.url)

    yield open_browser
    for context in opened:
        context.close()


class Visitor:
    """Somebody in front of a screen."""

    def __init__(self, page, width, base_url):
        self.page, self.width, self.base_url = page, width, base_url
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def look(self, name):
        """What must hold on every page: axe finds nothing, nothing scrolls sideways, no error."""
        self.page.evaluate(AXE + ";0")
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules})", RULES
        )
        seen = [
            (each["id"], [node["html"][:120] for node in each["nodes"]])
            for each in found["violations"]
        ]
        assert seen == [], f"{name} at {self.width}: {json.dumps(seen, indent=1)}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{name} scrolls sideways: {wide} > {self.width}"
        assert self.errors == []
        if os.environ.get("LOKET_SCREENS"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            picture = Image.open(BytesIO(self.page.screenshot(full_page=True)))
            few_colours = picture.convert("RGB").quantize(128)
            few_colours.save(SCREENS / f"{name}-{self.width}.png", optimize=True)
