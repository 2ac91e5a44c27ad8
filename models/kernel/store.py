"""The content-addressed store: files are kept under the hash of their bytes and never changed."""

import errno
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.kernel.errors import Changed, Unavailable
from models.kernel.home import Home

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store; `size` in bytes."""

    sha256: str
    size: int
    path: Path


def path_of(home: Home, sha256: str) -> Path:
    """Where the bytes with this hash lie, or would lie: `originals/ab/ab12...`."""
    return home.originals / sha256[:2] / sha256


def keep(home: Home, path: Path, expected_sha256: str) -> Stored:
    """Copy `path` into the store: temporary name, hash while copying, fsync, rename.

    Raises Changed when the bytes are not those that were examined, Unavailable when the file or the
    disk stands in the way. A crash leaves at most a temporary file in `home.temp`.
    """
    target = path_of(home, expected_sha256)
    temporary = home.temp / f"keep-{secrets.token_hex(8)}"
    try:
        with path.open("rb") as source, temporary.open("xb") as copy:
            digest, size = _copy(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if digest != expected_sha256:
            raise Changed
        if not target.exists() or hash_of(target) != digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(target)
            target.chmod(0o444)
            _settle(target.parent)
    except OSError as error:
        raise Unavailable("文件没有存入", _explain(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return Stored(digest, size, target)


def intact(home: Home, sha256: str) -> bool:
    """Whether the stored bytes are there and still have this hash."""
    try:
        return hash_of(path_of(home, sha256)) == sha256
    except OSError:
        return False


def hash_of(path: Path) -> str:
    """The sha256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        copy.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _settle(folder: Path) -> None:
    """Make a rename survive a power cut; Windows has no handle on folders and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explain(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件已不在原来的位置，或者数据文件夹被移走了。请检查后重新放入。"
    if isinstance(error, PermissionError):
        return "没有读取这个文件或者写入数据文件夹的权限。请检查权限，或者关掉正在使用它的程序。"
    if error.errno == errno.ENOSPC:
        return "磁盘已满。请清理出空间后重新放入，原文件没有改动。"
    return "磁盘读写出错。请检查磁盘是否正常，再重新放入，原文件没有改动。"
