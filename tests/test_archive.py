"""Zip archives: what is in them, and what is refused with one clear line."""

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.read.archive import is_archive, load_member, member_names


def _zip(file: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def test_documents_come_sorted_and_furniture_is_passed_over(tmp_path: Path) -> None:
    members = ("b.txt", "2025/møde.txt", ".DS_Store", "__MACOSX/._b.txt", ".git/HEAD", "2025/.skjult.txt", "tom/")
    file = _zip(tmp_path / "a.zip", {name: name.encode() for name in members})
    assert is_archive(file)
    assert member_names(file) == ["2025/møde.txt", "b.txt"]
    assert load_member(file, "2025/møde.txt") == "2025/møde.txt".encode()


def test_a_changed_archive_is_opened_again(tmp_path: Path) -> None:
    file = _zip(tmp_path / "a.zip", {"a.txt": b"a"})
    assert member_names(file) == ["a.txt"]
    _zip(file, {"b.txt": b"other"})
    assert member_names(file) == ["b.txt"]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("møde.txt".encode(), "møde.txt"),
        ("møde på ø.txt".encode("cp850"), "møde på ø.txt"),
        (b"plain.txt", "plain.txt"),
    ],
)
def test_names_that_do_not_say_their_encoding(tmp_path: Path, stored: bytes, read: str) -> None:
    placeholder = "x" * len(stored)
    file = _zip(tmp_path / "a.zip", {placeholder: b"text"})
    file.write_bytes(file.read_bytes().replace(placeholder.encode(), stored))
    assert member_names(file) == [read]
    assert load_member(file, read) == b"text"


@pytest.mark.parametrize("name", ["../ude.txt", "/etc/minutes.txt", "a/../../b.txt", "..\\ude.txt", "C:\\ude.txt"])
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError, match="leaves it"):
        member_names(_zip(tmp_path / "a.zip", {"good.txt": b"text", name: b"text"}))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    file = _zip(tmp_path / "a.zip", {"a.txt": b"one", "b.txt": b"two"})
    file.write_bytes(file.read_bytes().replace(b"b.txt", b"a.txt"))
    with pytest.raises(UnreadableError, match="two files of one name"):
        member_names(file)


def test_a_bomb_is_refused_and_blank_text_is_not(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="bomb"):
        member_names(_zip(tmp_path / "a.zip", {"bomb.txt": bytes(2_000_000)}))
    assert member_names(_zip(tmp_path / "b.zip", {"blank.txt": b" " * 900_000})) == ["blank.txt"]


def test_too_many_members_and_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _zip(tmp_path / "a.zip", {"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"})
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.read.archive._MOST_MEMBERS", 2)
        with pytest.raises(UnreadableError, match="members"):
            member_names(file)
    monkeypatch.setattr("pipeline.read.archive._MOST_IN_ALL", 10)
    with pytest.raises(UnreadableError, match="unpacks to"):
        member_names(file)


def test_one_bad_member_does_not_spoil_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.archive.MOST_BYTES", 100)
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("good.txt", b"text")
        archive.writestr("large.txt", b"x" * 101)
        archive.writestr("hurt.txt", b"damage me")
        archive.writestr("locked.txt", b"text")
        archive.writestr(link, b"good.txt")
    data = bytearray(file.read_bytes().replace(b"damage me", b"damaged!!"))
    entry = data.index(b"locked.txt", data.index(b"PK\x01\x02"))
    data[entry - 46 + 8] |= 1  # the flag of a password
    file.write_bytes(data)
    assert member_names(file) == ["good.txt", "hurt.txt", "large.txt", "link.txt", "locked.txt"]
    assert load_member(file, "good.txt") == b"text"
    for name, problem in (
        ("large", "larger"),
        ("hurt", "damaged"),
        ("locked", "password"),
        ("link", "link"),
        ("no", "no"),
    ):
        with pytest.raises(UnreadableError, match=problem):
            load_member(file, f"{name}.txt")


@pytest.mark.parametrize("names", [("[Content_Types].xml", "word/document.xml"), ("mimetype", "content.xml")])
def test_word_and_odt_files_are_no_archives(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert not is_archive(_zip(tmp_path / "a.zip", dict.fromkeys(names, b"application/vnd.oasis.opendocument.text")))


def test_what_is_no_zip(tmp_path: Path) -> None:
    whole = _zip(tmp_path / "a.zip", {"a.txt": b"text" * 100}).read_bytes()
    for number, data in enumerate((b"", b"PK", b"plain text", whole[:-10], b"PK\x03\x04" + bytes(100))):
        file = tmp_path / f"{number}.zip"
        file.write_bytes(data)
        assert not is_archive(file)
        with pytest.raises(UnreadableError, match="damaged"):
            member_names(file)
    assert not is_archive(tmp_path)
    assert not is_archive(tmp_path / "nothing")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "empty.zip").write_bytes(empty.getvalue())
    assert is_archive(tmp_path / "empty.zip")
    assert member_names(tmp_path / "empty.zip") == []
