"""The upload package: clean files, 目录.xlsx, manifest.json and a checklist; folder and zip.

Beside it, in 审批表/, lie the approval sheets: they name officers and stay in the house.
Everything is built in a temporary folder; the package appears with one rename, last of all.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from exporters import approval_sheet, checklist, disk, index_sheet, masks, safe_names
from exporters.gbt9704.writer import EPOCH
from models.disclosure.catalogue import BY_KEY
from models.disclosure.releases import MANIFEST, PackageProof, ReleaseContent, ReleaseItem
from models.kernel.errors import Refused

SHEETS = "审批表"
CHUNK = 1024 * 1024
_WHAT = "发布包没有生成"
_SHOP = ".making-"
_STALE_SECONDS = 3600
# Numbers by nature: an index number or a page address may well look like a person's.
_CODES = {"index_number", "document_number", "source_url"}
# Fields that go to 目录.xlsx as free text, where a person may have left a number.
_TOLD = tuple(
    key
    for key, _ in index_sheet.FIELDS
    if BY_KEY[key].kind == "text" and not BY_KEY[key].closed and key not in _CODES
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """One document and the name of its file in the package."""

    item: ReleaseItem
    name: str


def build(content: ReleaseContent, out: Path) -> PackageProof:
    """Make folder and zip under `out`; the approval sheets go to `out/审批表/<package>/`.

    All or nothing: a failed build leaves nothing behind. Raises Refused when a stored file is not
    the one approved or a published text carries an ID number; Unavailable when the disk refuses.
    """
    _refuse_telling(content)
    with disk.writing(_WHAT):
        out.mkdir(parents=True, exist_ok=True)
        out = out.resolve()
        with _workshop(out) as shop:
            return _build(content, out, shop)


def _refuse_telling(content: ReleaseContent) -> None:
    reasons = [
        f"第{item.document_id}号文件的目录信息里有{found}，会随目录一起公开。请先在目录中改正。"
        for item in content.items
        if (found := next(filter(None, (_betrayed(item, key) for key in _TOLD)), None))
    ]
    if reasons:
        raise Refused(*reasons)


def _betrayed(item: ReleaseItem, key: str) -> str | None:
    text = item.title if key == "title" else item.fields.get(key, "")
    return masks.betrays(text, cell=False)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A temporary folder on the same disk as `out`, gone at the end whatever happens."""
    _sweep(out)
    shop = Path(tempfile.mkdtemp(prefix=_SHOP, dir=out))
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what a killed program left half made; a build under way is minutes old at most."""
    for left in out.glob(f"{_SHOP}*"):
        with suppress(OSError):  # another program was quicker
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _build(content: ReleaseContent, out: Path, shop: Path) -> PackageProof:
    folder, sheets, archive = shop / "package", shop / "sheets", shop / "package.zip"
    folder.mkdir()
    sheets.mkdir()
    placed = _place(content)
    for file in placed:
        _copy(file.item, folder / file.name)
    _write(
        folder / index_sheet.NAME,
        index_sheet.build(
            [({**f.item.fields, "title": f.item.title}, f.name, f.item.sha256) for f in placed],
            content.organ,
        ),
    )
    _write(folder / checklist.NAME, checklist.build(content, [(f.item, f.name) for f in placed]))
    others = _others(folder)
    manifest = _manifest(content, placed, others)
    _write(folder / MANIFEST, manifest)
    for file in placed:
        name = f"{approval_sheet.number(content, file.item)} {file.item.title}"
        _write(
            sheets / safe_names.safe(name, ".docx", _names(sheets)),
            approval_sheet.draw(content, file.item).bytes(),
        )
    name = _free_name(content, out)
    _zip(folder, name, archive)
    with archive.open("rb") as zipped:
        archive_sha256 = hashlib.file_digest(zipped, "sha256").hexdigest()
    _verify(placed, folder)
    _sync_folder(folder)
    _sync_folder(sheets)
    _publish(
        ((sheets, out / SHEETS / name), (archive, out / f"{name}.zip"), (folder, out / name)), out
    )
    return PackageProof(
        folder=out / name,
        archive=out / f"{name}.zip",
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        files=tuple((f.item.document_id, f.name, f.item.sha256) for f in placed),
        others=tuple((other["path"], other["sha256"]) for other in others),
        archive_sha256=archive_sha256,
    )


def _place(content: ReleaseContent) -> tuple[_Placed, ...]:
    """Names by title, never by the name a file came with: that one nobody published."""
    taken = [MANIFEST, index_sheet.NAME, checklist.NAME]
    placed = []
    for item in content.items:
        suffix = safe_names.suffix_of(item.kind, item.name)
        name = safe_names.safe(item.title.removesuffix(suffix), suffix, taken)
        taken.append(name)
        placed.append(_Placed(item, name))
    return tuple(placed)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _free_name(content: ReleaseContent, out: Path) -> str:
    """The package's name, free as folder, as archive and among the sheets."""
    there = _names(out) + [path.stem for path in out.glob("*.zip")]
    if (out / SHEETS).is_dir():
        there += _names(out / SHEETS)
    return safe_names.safe(content.name, "", [*there, SHEETS])


def _copy(item: ReleaseItem, target: Path) -> None:
    """Copy the stored bytes; they must be those that were approved."""
    digest = hashlib.sha256()
    try:
        source = item.stored.open("rb")
    except FileNotFoundError as error:
        raise Refused(_wrong(item)) from error
    with source, target.open("xb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        _sync(file)
    if digest.hexdigest() != item.sha256:
        raise Refused(_wrong(item))


def _wrong(item: ReleaseItem) -> str:
    return (
        f"《{item.title[:40]}》存放的文件丢失，或者与审批的不是同一份。"
        "请从备份恢复，或者退回后重新放入并重新审查。"
    )


def _verify(placed: tuple[_Placed, ...], folder: Path) -> None:
    """Read the copies again: what lies in the package is what was approved."""
    for file in placed:
        with (folder / file.name).open("rb") as copied:
            if hashlib.file_digest(copied, "sha256").hexdigest() != file.item.sha256:
                raise Refused(_wrong(file.item))


def _others(folder: Path) -> list[dict[str, str]]:
    return [
        {"path": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name in (index_sheet.NAME, checklist.NAME)
    ]


def _manifest(
    content: ReleaseContent, placed: tuple[_Placed, ...], others: list[dict[str, str]]
) -> bytes:
    told = {
        "package": content.name,
        "made": content.made_at.isoformat(timespec="seconds"),
        "organ": content.organ,
        "head": content.head,
        "files": [
            {
                "path": file.name,
                "sha256": file.item.sha256,
                "document": file.item.title,
                "document_id": file.item.document_id,
                "approved_by": list(file.item.approved_by),
            }
            for file in placed
        ],
        "others": others,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _zip(folder: Path, name: str, archive: Path) -> None:
    """The folder as a zip: names in UTF-8, sorted, one fixed date, so that bytes are steady."""
    with archive.open("xb") as file:
        with zipfile.ZipFile(file, "w") as target:
            for path in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(f"{name}/{path.name}", EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with path.open("rb") as source, target.open(entry, "w", force_zip64=True) as sink:
                    shutil.copyfileobj(source, sink, CHUNK)
        _sync(file)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        _sync(file)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames last through a power cut; Windows has no such call for folders."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _publish(moves: tuple[tuple[Path, Path], ...], out: Path) -> None:
    """Rename everything into place, the package last; what fails is taken back."""
    done: list[Path] = []
    sheets = out / SHEETS
    fresh = not sheets.exists()
    try:
        sheets.mkdir(exist_ok=True)
        for source, target in moves:
            if target.exists():
                raise FileExistsError(errno.EEXIST, "exists")
            source.rename(target)
            done.append(target)
        _sync_folder(out)
    except BaseException:
        for target in done:
            if target.is_dir():
                shutil.rmtree(target, ignore_errors=True)
            else:
                target.unlink(missing_ok=True)
        if fresh and sheets.is_dir() and not _names(sheets):
            sheets.rmdir()
        raise
