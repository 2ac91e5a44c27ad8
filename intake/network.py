"""Whether a folder lies on another machine: no events come from there, so it must be polled."""

import os
import sys
from pathlib import Path, PureWindowsPath

# Types as /proc/mounts names them. A share mounted through FUSE reports its own name there.
_TYPES = frozenset(
    {
        "9p", "afs", "ceph", "cifs", "davfs", "davfs2", "fuse.curlftpfs", "fuse.davfs2",
        "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs", "gfs2", "glusterfs",
        "lustre", "ncpfs", "nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf",
        "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse", "drvfs",
    }
)  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4


def is_remote(folder: Path) -> bool:
    """By the form of the path and by what is mounted there; False where it cannot be told."""
    if PureWindowsPath(str(folder)).drive.startswith("\\\\"):  # \\server\share
        return True
    if sys.platform == "win32":
        import ctypes

        root = ctypes.c_wchar_p(f"{folder.absolute().drive}\\")
        return bool(ctypes.WinDLL("kernel32").GetDriveTypeW(root) == _DRIVE_REMOTE)
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return type_of(Path(os.path.realpath(folder)), table) in _TYPES


def type_of(folder: Path, table: str) -> str:
    """The type of the file system that holds `folder`, by a table in the form of /proc/mounts."""
    best, found = -1, ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescape(fields[1]))
        depth = len(point.parts)
        # The later of two mounts on one point lies on top of the earlier.
        if depth >= best and (folder == point or point in folder.parents):
            best, found = depth, fields[2]
    return found


def _unescape(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
