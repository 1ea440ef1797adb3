"""A real clamd on a socket and a port of its own, which knows one virus: a sentence we invented."""

import socket
import subprocess
import time
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

VIRUS = b"LOKET-UJI-VIRUS-INI-BUKAN-SUNGGUHAN"
NAME = "Loket.Uji.UNOFFICIAL"
STREAM_LIMIT = 200_000  # bytes
PATIENCE = 60  # seconds for its start
CONF = """\
Foreground yes
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.sock
TCPAddr 127.0.0.1
TCPSocket {port}
MaxThreads 2
StreamMaxLength {limit}
MaxScanSize 10M
MaxFileSize 10M
Bytecode no
{user}
"""


class Clamd:
    """The daemon: started and stopped as often as a test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.unix, self.tcp = str(folder / "clamd.sock"), f"127.0.0.1:{self.port}"
        self.process = None
        signatures = folder / "signatures"
        signatures.mkdir(mode=0o755)
        (signatures / "loket.ndb").write_text(f"Loket.Uji:0:*:{VIRUS.hex()}\n")
        conf = CONF.format(
            folder=folder, port=self.port, limit=STREAM_LIMIT, user=f"User {getuser()}"
        )
        (folder / "clamd.conf").write_text(conf)

    def start(self):
        with (self.folder / "clamd.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["/usr/sbin/clamd", "-c", str(self.folder / "clamd.conf")],
                stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "clamd.log").read_text())
            time.sleep(0.1)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as link:
                link.sendall(b"zPING\0")
                return link.recv(10) == b"PONG\0"
        except OSError:
            return False

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    @contextmanager
    def away(self):
        """Nobody listens meanwhile."""
        self.stop()
        try:
            yield
        finally:
            self.start()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def listener():
    """A daemon that takes the call and never says a word."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield f"127.0.0.1:{one.getsockname()[1]}"
