"""How requests of a service are classified until an officer says otherwise, and how urgency and impact make a priority."""

from typing import Literal

from loket.standards.pack.base import Spec


class TriageSpec(Spec):
    """The codes of Standar LPSE 5: type, category, matter, urgency, impact."""

    type: Literal["g", "m", "pl"] = "pl"
    category: Literal["t", "nt"] = "nt"
    matter: Literal["hw", "sw", "ps", "l"] = "ps"
    urgency: Literal["m", "tm"] = "tm"
    impact: Literal["b", "s", "k"] = "k"


class PrioritySpec(Spec):
    """The priority of each pair, T high, M middle, R low; no official table is known, so each office may write its own."""

    urgent_large: Literal["t", "m", "r"] = "t"
    urgent_medium: Literal["t", "m", "r"] = "t"
    urgent_small: Literal["t", "m", "r"] = "m"
    normal_large: Literal["t", "m", "r"] = "m"
    normal_medium: Literal["t", "m", "r"] = "m"
    normal_small: Literal["t", "m", "r"] = "r"

    def of(self, urgency: str, impact: str) -> str:
        """The priority of this pair of codes."""
        rows = {"m": "urgent", "tm": "normal"}
        columns = {"b": "large", "s": "medium", "k": "small"}
        return str(getattr(self, f"{rows[urgency]}_{columns[impact]}"))
