"""The subcommands of `loket`: each module has `arguments(parser)` and `run(options)`."""


class Refused(Exception):
    """The command cannot do what was asked; the message is the sentence to print."""
