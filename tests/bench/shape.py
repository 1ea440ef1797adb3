"""What a set is made of; known to the driver, which knows nothing of Django."""

from dataclasses import dataclass

OPEN = 0.08
RARE, RARE_TICKETS = "kecubung", 12
COMMON, COMMON_PERCENT = "meterai", 31
LONG = 11  # messages of the one long ticket


@dataclass(frozen=True)
class Size:
    """How many tickets a set has, and how many people they belong to."""

    tickets: int
    people: int = 20_000
