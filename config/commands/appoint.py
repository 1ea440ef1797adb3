"""`loket appoint`: give an office its first head, who invites the others."""

import argparse

from config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("office", help="slug, as in its pack")
    parser.add_argument("role", help="code, such as kepala_tim")
    parser.add_argument("login", help="user ID to sign in with")
    parser.add_argument("email")
    parser.add_argument("name")


def run(options: argparse.Namespace) -> None:
    """Make the account; print its first password and the secret of its second factor, once."""
    with running.database():
        password, secret = running.operations().appoint(
            options.office,
            options.role,
            login=options.login,
            email=options.email,
            name=options.name,
        )
    print(f"Password:       {password}")
    print(f"Second factor:  {secret}")
    print("Both are shown only now.")
