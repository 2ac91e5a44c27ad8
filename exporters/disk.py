"""What the disk says when it refuses, in the words of the house."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.kernel.errors import Unavailable

_WHY = {
    errno.ENOSPC: "磁盘空间不足。请清理磁盘或换一个位置，再做一次。",
    errno.EDQUOT: "磁盘配额已用完。请清理磁盘或换一个位置，再做一次。",
    errno.EACCES: "没有写入权限。请换一个位置，或请管理员开放权限。",
    errno.EPERM: "没有写入权限。请换一个位置，或请管理员开放权限。",
    errno.EROFS: "磁盘是只读的。请换一个位置。",
    errno.ENOENT: "文件夹不存在或已被移走。请重新选择位置。",
    errno.ENOTDIR: "所选位置不是文件夹。请重新选择位置。",
    errno.EISDIR: "同名的是一个文件夹。请换一个文件名。",
    errno.EEXIST: "已有同名文件。请先移走，或换一个名称。",
    errno.ENAMETOOLONG: "文件名或路径太长。请换一个较短的位置。",
    errno.EBUSY: "文件正被其他程序占用。请关闭后再做一次。",
    errno.EIO: "磁盘读写出错。请检查磁盘或换一个位置。",
}


def refusal(what: str, error: OSError) -> Unavailable:
    """The sentence for one OSError. `what`: what could not be done."""
    why = _WHY.get(error.errno or 0, "系统拒绝了这次读写。请检查磁盘和文件夹权限，再做一次。")
    return Unavailable(what, why)


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Turn an OSError of the body into Unavailable."""
    try:
        yield
    except OSError as error:
        raise refusal(what, error) from error


def put(out: Path, data: bytes, what: str) -> None:
    """Write a file whole: beside itself first, then one rename, so that no half file is left."""
    part = out.with_name(out.name + ".part")
    with writing(what):
        try:
            part.write_bytes(data)
            part.replace(out)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
