"""Each field of each model says what kind of data it holds (UU 27/2022; a test fails on a field without one)."""

from enum import StrEnum, auto


class DataClass(StrEnum):
    """From what anybody may read to what nobody reads in clear."""

    PUBLIC = auto()
    INTERNAL = auto()
    PERSONAL = auto()
    IDENTITY = auto()
    SECRET = auto()


def classify(
    *,
    public: str = "",
    internal: str = "",
    personal: str = "",
    identity: str = "",
    secret: str = "",
) -> dict[str, DataClass]:
    """A model's fields by class, each argument a list of names between blanks."""
    named = {
        DataClass.PUBLIC: public,
        DataClass.INTERNAL: internal,
        DataClass.PERSONAL: personal,
        DataClass.IDENTITY: identity,
        DataClass.SECRET: secret,
    }
    return {name: kind for kind, names in named.items() for name in names.split()}
