"""Whether a path can be opened at all, said in one sentence with what to do."""

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from formats.budget import MIB
from formats.reading import TroubleCode, Unreadable

MISSING = "找不到这个文件，可能已被移走、改名或删除。请核对位置后重新放入。"
NO_PERMISSION = "没有权限读取这个文件。请在文件的“属性—安全”中允许本用户读取，或请管理员处理。"
IN_USE = "这个文件正被其他程序占用，无法读取。请关闭打开它的程序（如 Word、WPS）后重试。"
FOLDER = "这是一个文件夹，不是文件。请放入其中的文件，或把整个文件夹交给“收件”处理。"
NO_FILE = "这不是普通文件（可能是设备或管道），无法读取。请放入普通文件。"
EMPTY = "文件是空的，没有任何内容。请确认是否复制完整，重新放入正确的文件。"
CHANGING = "文件在检查过程中发生了变化，可能还在复制或正被编辑。请等复制完成、关闭文件后重试。"
BROKEN_DISK = "读取这个文件时磁盘或网络出错。请检查U盘、网络盘是否断开，恢复后重试。"
BAD_NAME = "文件路径过长或含有系统不允许的字符，无法打开。请缩短文件名或换一个文件夹后重试。"


class Identity(NamedTuple):
    """Two equal identities mean: the same file, and nobody wrote to it in between."""

    device: int
    inode: int
    size: int
    mtime_ns: int


def identity(path: Path) -> Identity:
    """Raises OSError, or ValueError for a path with a NUL."""
    found = path.stat()
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def changed(path: Path, before: Identity) -> bool:
    """Whether there is another file by now, or none."""
    try:
        return identity(path) != before
    except OSError:
        return True


def look(path: Path, most_bytes: int) -> Identity:
    """Can this be read as a file of at most `most_bytes`? Raises Unreadable."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(TroubleCode.NOT_SUPPORTED, FOLDER)
        if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever
            raise Unreadable(TroubleCode.NOT_SUPPORTED, NO_FILE)
        with path.open("rb") as file:
            file.read(1)  # a lock on a part of the file shows only now
    except (OSError, ValueError) as error:
        raise refusal(error) from error
    if not found.st_size:
        raise Unreadable(TroubleCode.EMPTY, EMPTY)
    if found.st_size > most_bytes:
        raise Unreadable(
            TroubleCode.TOO_BIG,
            f"文件有 {found.st_size // MIB} 兆字节，超过上限 {most_bytes // MIB} 兆字节，"
            "没有读取。请拆分后再放入。",
        )
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def refusal(error: Exception) -> Unreadable:
    """The sentence for a file that the system would not open or read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Unreadable(TroubleCode.MISSING, MISSING)
    if isinstance(error, IsADirectoryError):
        return Unreadable(TroubleCode.NOT_SUPPORTED, FOLDER)
    if isinstance(error, OSError):
        # 32 and 33: Windows' sharing violation and lock violation.
        locked = getattr(error, "winerror", None) in (32, 33)
        if locked or error.errno in (errno.EBUSY, errno.ETXTBSY, errno.EAGAIN):
            return Unreadable(TroubleCode.IN_USE, IN_USE)
        if isinstance(error, PermissionError):
            return Unreadable(TroubleCode.IN_USE, NO_PERMISSION)
        if error.errno not in (errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP):
            return Unreadable(TroubleCode.MISSING, BROKEN_DISK)
    return Unreadable(TroubleCode.BAD_NAME, BAD_NAME)


def shown_name(path: Path) -> str:
    """The file's name as text that can be stored.

    Archives made on Windows and opened on Linux leave names in GBK bytes; Python shows them as lone
    surrogates, which no database takes.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return os.fsencode(path.name).decode("gb18030", "replace")
    return path.name
