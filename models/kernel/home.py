"""Where everything of one office lives: one folder, so that it can be moved and copied."""

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from models.kernel.errors import Unavailable

VARIABLE = "GONGKAI_HOME"
_WHY = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOTDIR: "路径中有一个不是文件夹",
    errno.EEXIST: "同名的是一个文件",
}


@dataclass(frozen=True, slots=True)
class Home:
    """The office's folder. Nothing is touched on the disk until `create()`."""

    root: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite file."""
        return self.root / "catalogue.db"

    @property
    def originals(self) -> Path:
        """The content-addressed store."""
        return self.root / "originals"

    @property
    def packages(self) -> Path:
        """Upload packages, a folder and a zip each."""
        return self.root / "packages"

    @property
    def logs(self) -> Path:
        """Program logs and crash files."""
        return self.root / "logs"

    @property
    def inbox(self) -> Path:
        """The watch folder that is always there."""
        return self.root / "inbox"

    @property
    def temp(self) -> Path:
        """Working files; everything in it may be deleted when the program is closed."""
        return self.root / "temp"

    @property
    def settings(self) -> Path:
        """One person's window settings (INI)."""
        return self.root / "settings.ini"

    @property
    def rules(self) -> Path:
        """The folder of the office's own rules."""
        return self.root / "rules"

    def rule_files(self) -> tuple[Path, ...]:
        """The office's own rule packs (`*.toml`) and word lists (`*.txt`), by name."""
        if not self.rules.is_dir():
            return ()
        return tuple(sorted(p for p in self.rules.iterdir() if p.suffix in {".toml", ".txt"}))

    @property
    def key(self) -> Path:
        """The random key of fingerprints: without it a fingerprint says nothing."""
        return self.root / "fingerprint.key"

    @classmethod
    def locate(cls, argument: Path | None) -> "Home":
        """`--home`, else the environment variable GONGKAI_HOME, else the platform's data folder."""
        if argument is not None:
            return cls(argument.expanduser().absolute())
        named = os.environ.get(VARIABLE)
        if named:
            return cls(Path(named).expanduser().absolute())
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Application Support"
        else:
            base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        return cls(base / "gongkai-desk")

    def create(self) -> None:
        """Make the folders and the key that are missing. Raises Unavailable."""
        folders = (self.originals, self.packages, self.logs, self.inbox, self.temp, self.rules)
        try:
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            if not self.key.exists():
                self._make_key()
        except OSError as error:
            raise Unavailable(
                "数据文件夹不能建立",
                f"位置“{self.root}”无法写入（{_WHY.get(error.errno or 0, '系统拒绝了写入')}）。"
                "请换一个有写入权限、有剩余空间的位置。",
            ) from error

    def _make_key(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            handle = os.open(self.key, flags, 0o600)
        except FileExistsError:
            return
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
