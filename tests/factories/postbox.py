"""Debian's own Dovecot with one mailbox, for tests that read mail."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from tests.factories.smtp import free_port

USER, PASSWORD = "loket", "rahasia/1"
CONF = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
mail_max_userip_connections = 50
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""
# Dovecot drops to users of its own, which only root may become
UNPRIVILEGED = """
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
NOBODY = 65534


@contextmanager
def running():
    """The server; gives the address loket is told."""
    home = Path(tempfile.mkdtemp(prefix="loket-imap-"))
    home.chmod(0o755)
    (home / "mail").mkdir()
    port = free_port()
    (home / "conf").write_text(conf(home, port))
    process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", str(home / "conf")])
    try:
        _wait(port, home)
        yield f"imap://{USER}:{PASSWORD.replace('/', '%2F')}@127.0.0.1:{port}/INBOX"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(home)


def conf(home, port):
    """Its configuration, as root or as anybody."""
    is_root = os.getuid() == 0
    uid, gid = (NOBODY, NOBODY) if is_root else (os.getuid(), os.getgid())
    text = CONF.format(home=home, password=PASSWORD, uid=uid, gid=gid, port=port)
    if is_root:
        os.chown(home / "mail", uid, gid)
        return text
    group = home.group()
    return text + UNPRIVILEGED.format(me=getpass.getuser(), group=group)


def _wait(port, home):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((home / "log").read_text())


@contextmanager
def signed_in(url):
    """The mailbox, as a person's mail program holds it."""
    port = int(url.rpartition(":")[2].partition("/")[0])
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        yield box


def deliver(url, *mails):
    """Put mails into the mailbox."""
    with signed_in(url) as box:
        for raw in mails:
            box.append(raw, "INBOX", dt=None)


def flags(url):
    """The flags of each mail there, oldest first; looking changes none."""
    with signed_in(url) as box:
        found = box.fetch(mark_seen=False, headers_only=True)
        return [each.flags for each in found]


def empty(url):
    """Throw all mails away."""
    with signed_in(url) as box:
        box.delete(box.uids())
