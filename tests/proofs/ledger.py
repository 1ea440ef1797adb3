"""What a client was told, on disk before it goes on: the paper that loket's tables are compared with."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

Item = tuple[str, str]  # kind, and a token by which its rows are found


class Ledger:
    """One client's file; every line is synced before the client does anything else."""

    def __init__(self, path: Path):
        self._file = path.open("a", encoding="utf-8")
        self._serial = 0

    def begin(self, kind: str, token: str) -> int:
        """About to be sent; its number."""
        self._serial += 1
        self._note(self._serial, "sent", kind=kind, token=token)
        return self._serial

    def end(self, number: int, how: str, **more: object) -> None:
        """What became of it: acknowledged, refused, or left without an answer."""
        self._note(number, how, **more)

    def trouble(self, number: int, what: str) -> None:
        """An attempt that brought no answer, or one that says the server could not."""
        self._note(number, "trouble", what=what)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:  # fmt: skip
        self._file.close()

    def _note(self, number: int, how: str, **more: object) -> None:
        self._file.write(json.dumps({"n": number, "how": how, **more}) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass
class Account:
    """All ledgers together."""

    acknowledged: Counter[Item] = field(default_factory=Counter)
    left: Counter[Item] = field(
        default_factory=Counter
    )  # sent, never answered for good
    left_after_503: Counter[Item] = field(default_factory=Counter)
    refused: Counter[Item] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    troubled: int = 0  # items with at least one attempt that brought no good answer


def read_all(folder: Path) -> Account:
    """Add up the ledgers of a folder."""
    account = Account()
    for path in sorted(folder.glob("*.jsonl")):
        _read(path, account)
    return account


def _read(path: Path, account: Account) -> None:
    sent: dict[int, Item] = {}
    ended: dict[int, str] = {}
    last: dict[int, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        number, how = note["n"], note["how"]
        if how == "sent":
            sent[number] = (note["kind"], note["token"])
        elif how == "trouble":
            last[number] = note["what"]
            account.troubles[note["what"]] += 1
        else:
            ended[number] = how
            if how == "refused":
                account.refusals.append(f"{path.stem} {sent[number]} {note}")
    account.troubled += len(last)
    for number, item in sent.items():
        how = ended.get(number, "left")
        getattr(account, how)[item] += 1
        if how == "left" and last.get(number) == "503":
            account.left_after_503[item] += 1
