"""The edges of all times once more, with pytest and its PostgreSQL under libfaketime."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = (
    "/usr/$LIB/faketime/libfaketime.so.1"  # the loader fills in $LIB; Debian: faketime
)


def faked(file: Path) -> dict[str, str]:
    """The environment in which the clock is wrong by the seconds in `file`, the machine's stays as it is."""
    return {
        "LD_PRELOAD": LIBRARY,
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
    }


def main(_arguments: list[str]) -> int:
    """Zero when every edge is where it was with the told clock."""
    with tempfile.TemporaryDirectory(prefix="loket-clock-") as folder:
        file = Path(folder) / "wrong"
        file.write_text("+0")
        command = [
            sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "tests.proofs.clock.faked",
            "tests/proofs/clock/test_deadlines.py",
        ]  # fmt: skip
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | faked(file), check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
