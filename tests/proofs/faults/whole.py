"""The proofs of faults at their full size: every line of every job, every address."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "jobs": ["test_faults_jobs.py"],
    "faults": ["test_faults_database.py", "test_faults_mail.py"],
}


def jobs(arguments: list[str]) -> int:
    """Every line of every job; `--kills N`: so many deaths of each at most, `--task PART`: jobs named so."""
    parser = argparse.ArgumentParser(prog="jobs", description=jobs.__doc__)
    parser.add_argument("--kills", default="0")
    parser.add_argument("--task", default="")
    said = parser.parse_args(arguments)
    return _run("jobs", {"LOKET_PROOF_DEATHS": said.kills}, "-k", said.task)


def faults(_arguments: list[str]) -> int:
    """Database and mail server in trouble."""
    return _run("faults", {"LOKET_PROOF_EACH": "1"})


def _run(name: str, size: dict[str, str], *more: str) -> int:
    paths = [str(Path("tests/proofs") / each) for each in FILES[name]]
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", *more, *paths]
    return subprocess.run(command, cwd=ROOT, env=os.environ | size, check=False).returncode  # fmt: skip
