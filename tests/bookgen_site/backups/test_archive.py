"""The archive proves itself: whatever is changed, cut off or foreign is refused, and nothing leaves its place."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from bookgen_site.backups.archive import DATABASE, MANIFEST, Member, packing, unpacked
from bookgen_site.backups.errors import BackupError, BadBackup, RestoreError
from bookgen_site.backups.manifest import Contents, Manifest
from bookgen_site.backups.sealing import make_key, sealed, unsealed

BLOB = "blobs/" + "a" * 64


def manifest(members: dict[str, tuple[int, str]], number: int = 1) -> Manifest:
    found = Contents(["engine.0001_initial"], {"units": 2}, [])
    return Manifest("2026-01-01T00:00:00Z", "1", "sqlite", 0, found, members, format=number)


def packed(*, told: bool = True) -> bytes:
    out = io.BytesIO()
    with packing(out) as packer:
        packer.add(DATABASE, b"rows " * 2000)
        packer.add(BLOB, b"a letter")
        if told:
            packer.finish(manifest(dict(packer.members)))
    return out.getvalue()


def test_what_was_packed_is_unpacked() -> None:
    taken = {}

    def take(name: str, member: Member) -> None:
        taken[name] = member.read()

    found = unpacked(io.BytesIO(packed()), take)
    assert taken == {DATABASE: b"rows " * 2000, BLOB: b"a letter"}
    assert found.contents.counts == {"units": 2}
    assert unpacked(io.BytesIO(packed())) == found  # reading nothing proves as much


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_that_was_cut_off(share: float) -> None:
    data = packed()
    with pytest.raises(BadBackup):
        unpacked(io.BytesIO(data[: int(share * len(data))]))


def test_any_changed_byte_is_seen() -> None:
    """But for those that change nothing: one way of writing the same zeros for another."""
    data, refused = packed(), 0
    for place in range(10, len(data), 7):  # what stands before is gzip's own head
        changed = bytearray(data)
        changed[place] ^= 0x40
        try:
            unpacked(io.BytesIO(bytes(changed)))
        except BadBackup:
            refused += 1
        else:
            assert gzip.decompress(bytes(changed)) == gzip.decompress(data)
    assert refused > 50


def test_an_archive_without_its_list() -> None:
    with pytest.raises(BadBackup, match="cut off"):
        unpacked(io.BytesIO(packed(told=False)))


def test_a_list_that_says_something_else() -> None:
    out = io.BytesIO()
    with packing(out) as packer:
        packer.add(DATABASE, b"rows")
        packer.finish(manifest({DATABASE: (4, "0" * 64)}))
    with pytest.raises(BadBackup, match="differs from its own list"):
        unpacked(io.BytesIO(out.getvalue()))


def test_a_format_of_later() -> None:
    out = io.BytesIO()
    with packing(out) as packer:
        packer.add(DATABASE, b"rows")
        packer.finish(manifest(dict(packer.members), 2))
    with pytest.raises(BadBackup, match="format 2"):
        unpacked(io.BytesIO(out.getvalue()))


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "keys/id_rsa", "blobs/short", "database2"])
def test_foreign_names_are_refused(name: str) -> None:
    with pytest.raises(BadBackup, match="no backup of BookGen"):
        unpacked(io.BytesIO(archive(tarfile.TarInfo(name))))


def test_links_and_doubles_are_refused() -> None:
    link = tarfile.TarInfo(DATABASE)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    for members in ([link], [tarfile.TarInfo(DATABASE), tarfile.TarInfo(DATABASE)]):
        with pytest.raises(BadBackup, match="no backup of BookGen"):
            unpacked(io.BytesIO(archive(*members)))


def archive(*members: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as plain, tarfile.open(fileobj=plain, mode="w|") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO())
        tar.addfile(tarfile.TarInfo(MANIFEST), io.BytesIO())
    return out.getvalue()


def test_encrypted_there_and_back(tmp_path: Path) -> None:
    recipient = make_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    out = io.BytesIO()
    with sealed(out, recipient) as stream:
        stream.write(packed())
    assert b"rows" not in out.getvalue()
    with unsealed(io.BytesIO(out.getvalue()), tmp_path / "key") as plain:
        assert unpacked(plain).contents.counts == {"units": 2}


def test_another_key_a_changed_byte_and_a_cut_are_refused(tmp_path: Path) -> None:
    recipient = make_key(tmp_path / "key")
    make_key(tmp_path / "other")
    out = io.BytesIO()
    with sealed(out, recipient) as stream:
        stream.write(packed())
    data = out.getvalue()
    changed = data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]
    for content, key in ((data, "other"), (changed, "key"), (data[:-40], "key"), (b"", "key")):
        with pytest.raises(BadBackup), unsealed(io.BytesIO(content), tmp_path / key) as plain:
            unpacked(plain)


def test_wrong_keys_say_so(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key at all")
    with pytest.raises(RestoreError, match="holds no key"), unsealed(io.BytesIO(), tmp_path / "key"):
        pass
    with pytest.raises(BackupError, match="BACKUP_RECIPIENT"), sealed(io.BytesIO(), "age1nonsense"):
        pass
    with pytest.raises(BackupError, match="can't be written"):
        make_key(tmp_path / "key")


def test_a_disk_that_is_full_ends_the_encryption(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, "No space left on device")

    recipient = make_key(tmp_path / "key")
    with pytest.raises(BackupError, match="No space left"), sealed(Full(), recipient) as stream:
        stream.write(b"x" * 5_000_000)
