"""Officials come in and are let in; accounts granted in other systems are written down and end."""

from loket.access_rights.actions.officials import (
    approve,
    ask_extension,
    begin,
    confirm,
    end,
    lapse,
    new_link,
    refuse,
    reveal,
    submit,
)

__all__ = [
    "approve", "ask_extension", "begin", "confirm", "end", "lapse", "new_link", "refuse", "reveal", "submit",
]  # fmt: skip
