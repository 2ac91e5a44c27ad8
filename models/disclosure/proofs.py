"""Whether the packages that were released are still what was approved: hashes against the rows.

Only what the log vouches for is believed: the manifest by the hash the release was made with, then
every other file by the manifest. The archive is what is uploaded, so its members are read too.
"""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import NamedTuple

from formats.zips import ZIP_LIES
from models.disclosure.unfinished import MANIFEST
from models.kernel import store
from models.queries.registers import releases
from models.queries.rows import ReleaseRow


class ChangedPackage(NamedTuple):
    """A released package that is not what it was. `files`: what differs, by name.

    `gone`: neither folder nor archive is there any more, which is nobody's fault when an officer
    carried them off.
    """

    release_id: int
    name: str
    folder: Path | None
    files: tuple[str, ...]
    gone: bool = False


def changed() -> list[ChangedPackage]:
    """Every released package that differs from its release. Reads every file of them."""
    found = []
    for row in releases():
        if row.released_at is None or row.folder is None:
            continue
        archive = row.archive if row.archive and row.archive.is_file() else None
        if not row.folder.is_dir():
            if archive is None:
                found.append(ChangedPackage(row.id, row.name, row.folder, (), gone=True))
            continue
        files = _differing(row, row.folder, archive)
        if files:
            found.append(ChangedPackage(row.id, row.name, row.folder, files))
    return found


def _differing(row: ReleaseRow, folder: Path, archive: Path | None) -> tuple[str, ...]:
    if _hash(folder / MANIFEST) != row.manifest_sha256:
        return (MANIFEST,)
    try:
        expected = {MANIFEST: row.manifest_sha256} | _listed(folder / MANIFEST)
    except (OSError, ValueError, KeyError, TypeError):
        return (MANIFEST,)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    wrong = [name for name, sha256 in expected.items() if _hash(folder / name) != sha256]
    wrong += sorted(there - expected.keys())
    if not wrong and archive is not None and not _same(archive, folder, expected):
        wrong.append(f"压缩包 {archive.name}")
    return tuple(wrong)


def _listed(manifest: Path) -> dict[str, str]:
    """Path to sha256 of all files a manifest names; it has just been found to be our own."""
    told = json.loads(manifest.read_bytes())
    return {each["path"]: each["sha256"] for key in ("files", "others") for each in told[key]}


def _same(archive: Path, folder: Path, expected: dict[str, str]) -> bool:
    """Whether the archive holds exactly these files; a longer one is not even unpacked."""
    try:
        with zipfile.ZipFile(archive) as packed:
            members = {each.filename.partition("/")[2]: each for each in packed.infolist()}
            if members.keys() != expected.keys() or len(members) != len(packed.infolist()):
                return False
            for name, member in members.items():
                if member.file_size != (folder / name).stat().st_size:
                    return False
                with packed.open(member) as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() != expected[name]:  # type: ignore[arg-type]
                        return False
    except ZIP_LIES:
        return False
    return True


def _hash(path: Path) -> str:
    try:
        return store.hash_of(path)
    except OSError:
        return ""
