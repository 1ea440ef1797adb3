"""A real Chromium on pages that are really served; every page it opens is looked at by axe."""

import json
import os
from io import BytesIO
from pathlib import Path

import axe_playwright_python
import pytest
from django.db import connections
from PIL import Image
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# LOKET_SCREENS=1 keeps the pictures in docs/screens, any other value names the folder
KEPT = Path(__file__).parents[2] / "docs" / "screens"
SCREENS = (
    KEPT
    if os.environ.get("LOKET_SCREENS") in {None, "", "1"}
    else Path(os.environ["LOKET_SCREENS"])
)
PHONE, DESKTOP, HEIGHT = 360, 1440, 900
PATIENCE = 20_000  # milliseconds


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium():
    """Ends with this folder's tests: while Playwright's loop runs in a thread, Django keeps other connections there,
    and the ones from before stay open where nothing can close them (a database in use is not copied).
    """
    connections.close_all()
    with pytest.MonkeyPatch.context() as said, sync_playwright() as playwright:
        # Django takes the loop for asynchronous code
        said.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def visit(chromium, live_server, settings):
    """Opens browsers, each a person of its own; officers sit before a desk's screen."""
    settings.SITE_URL = live_server.url
    settings.DEMO = True
    opened = []

    def open_browser(width=PHONE, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="id-ID", base_url=live_server.url, **options
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        has_script = options.get("java_script_enabled", True)
        return Visitor(context.new_page(), live_server.url, has_script=has_script)

    yield open_browser
    for context in opened:
        context.close()


class Visitor:
    """Somebody in front of a screen."""

    def __init__(self, page, base_url, *, has_script=True):
        self.page, self.base_url, self.has_script = page, base_url, has_script
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def look(self, name="", widths=(PHONE, DESKTOP)):
        """What must hold on every page, at a phone's and a desk's width: axe finds nothing, nothing
        scrolls sideways, no error. Keeps a picture of a page with a name when asked to. axe needs scripts.
        """
        usual = self.page.viewport_size
        self.page.wait_for_load_state()
        if self.has_script:
            self.page.evaluate(AXE + ";0")
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self._look_at(name or self.page.url, width)
            if name and os.environ.get("LOKET_SCREENS"):
                self._keep(name, width)
        self.page.set_viewport_size(usual)
        assert self.errors == []

    def _look_at(self, name, width):
        seen = self._violations() if self.has_script else []
        assert seen == [], f"{name} at {width}: {json.dumps(seen, indent=1)}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} scrolls sideways: {wide} > {width}"

    def _keep(self, name, width):
        SCREENS.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(self.page.screenshot(full_page=True)))
        few_colours = picture.convert("RGB").quantize(128)
        few_colours.save(SCREENS / f"{name}-{width}.png", optimize=True)

    def _violations(self):
        run = "rules => axe.run(document, {runOnly: rules})"
        return [
            (each["id"], [node["html"][:120] for node in each["nodes"]])
            for each in self.page.evaluate(run, RULES)["violations"]
        ]
