"""What is taken at most, and the verdict's shape; shared by loket and its reader, without any parser."""

from dataclasses import dataclass

PDF = "application/pdf"
MOST_PAGES = 200
MOST_PIXELS = 50_000_000
PAGE_WIDTH = 1000  # pixels of a page picture; enough to read an identity card
PAGE_HEIGHT = 3 * PAGE_WIDTH  # a PDF page may claim to be kilometres long


@dataclass(frozen=True)
class Content:
    """The verdict of the parser."""

    content_type: str
    pages: int
