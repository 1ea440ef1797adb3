"""What was written is read back whole, or not at all."""

import stat

import pytest

from loket.files.sealed import (
    CHUNK,
    MAGIC,
    SEALED_CHUNK,
    Damaged,
    read_sealed,
    write_sealed,
)

KEY = bytes(range(32))
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5]


def content(size):
    return (bytes(range(256)) * (size // 256 + 1))[:size]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ab" / "abcdef"


def kept(path, size):
    write_sealed(path, content(size), key=KEY)
    return path.read_bytes()


def read(path, key=KEY):
    return b"".join(read_sealed(path, key=key))


def chunks(raw):
    body = raw[len(MAGIC) :]
    return [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]


def is_refused(path, raw):
    path.write_bytes(raw)
    try:
        read(path)
    except Damaged:
        return True
    return False


@pytest.mark.parametrize("size", SIZES)
def test_bytes_come_back_as_they_went_in(path, size):
    raw = kept(path, size)
    assert read(path) == content(size)
    assert len(chunks(raw)) == max(1, -(-size // CHUNK))
    assert size < 8 or content(size)[:64] not in raw


def test_only_the_owner_enters_the_folder(path):
    kept(path, 5)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_large_file_is_read_chunk_by_chunk(path):
    kept(path, 3 * CHUNK + 5)
    sizes = [len(part) for part in read_sealed(path, key=KEY)]
    assert sizes == [CHUNK, CHUNK, CHUNK, 5]


def test_damage_at_any_byte_is_refused(path):
    raw = kept(path, 100)
    accepted = [
        place
        for place in range(len(raw))
        if not is_refused(path, raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    ]  # fmt: skip
    assert accepted == []


def test_cut_at_any_byte_is_refused(path):
    raw = kept(path, 100)
    accepted = [end for end in range(len(raw)) if not is_refused(path, raw[:end])]
    assert accepted == []


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_missing_chunks_are_refused(path, left):
    raw = kept(path, 3 * CHUNK + 5)
    assert is_refused(path, MAGIC + b"".join(chunks(raw)[:left]))


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 0, 2), (1, 2), (0, 2), (0, 1, 2, 2)]
)
def test_moved_repeated_or_dropped_chunks_are_refused(path, order):
    parts = chunks(kept(path, 2 * CHUNK + 5))
    assert is_refused(path, MAGIC + b"".join(parts[place] for place in order))


def test_bytes_added_behind_are_refused(path):
    raw = kept(path, CHUNK)
    assert is_refused(path, raw + b"x")
    assert is_refused(path, raw + raw[len(MAGIC) :])


def test_file_in_the_place_of_another_is_refused(path):
    kept(path, 100)
    other = path.with_name("fedcba")
    path.rename(other)
    with pytest.raises(Damaged):
        read(other)


def test_other_key_is_refused(path):
    kept(path, 100)
    with pytest.raises(Damaged):
        read(path, key=bytes(32))


def test_missing_file_is_refused(path):
    with pytest.raises(Damaged, match="abcdef is missing"):
        read(path)


def test_place_is_never_written_over(path):
    kept(path, 5)
    path.with_suffix(".half").write_bytes(b"somebody is writing")
    with pytest.raises(FileExistsError):
        write_sealed(path, b"other", key=KEY)
    assert read(path) == content(5)
