"""A person who has a keyboard and no mouse; sees where he is at every stop."""

SEEN = """() => {
  const here = document.activeElement, look = getComputedStyle(here), box = here.getBoundingClientRect();
  const near = here.labels?.[0] ? getComputedStyle(here.labels[0]) : look;
  const marked = [look, near].some((each) => each.outlineStyle !== "none" || each.boxShadow !== "none");
  return marked && box.bottom > 0 && box.top < innerHeight;
}"""
STOPS = 90  # more than any page has


class Keyboard:
    """Moves by Tab and the arrows alone, and never loses sight of the focus."""

    def __init__(self, page):
        self.page = page

    def to(self, wanted):
        """Press Tab until the focus is on what this selector means."""
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            if self.is_on(wanted):
                self.page.wait_for_function(SEEN)  # the page may still scroll there
                return self
        raise AssertionError(f"{wanted} cannot be reached by Tab on {self.page.url}")

    def is_on(self, wanted):
        return self.page.evaluate("each => document.activeElement.matches(each)", wanted)  # fmt: skip

    def write(self, wanted, text):
        self.to(wanted).page.keyboard.type(text)

    def choose(self, name, value):
        """One of several radio buttons: Tab enters the group, the arrows move in it."""
        self.to(f"[name={name}]")
        for _ in range(STOPS):
            if self.is_on(f"[value='{value}']"):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be reached among {name}")

    def press(self, wanted="main .btn-primary", key="Enter"):
        """A link or a button, and the page it leads to."""
        self.to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
