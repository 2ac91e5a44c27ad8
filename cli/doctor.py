"""`check`: the doctor. Each line says what was looked at, how it is, and what to do."""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import resources
from cli import output
from cli.entry import DONE, FOUND
from detection import rulebook
from models.disclosure import releases
from models.kernel import audit, base, store
from models.kernel.errors import Unavailable
from models.kernel.home import Home

LOW_DISK = 2 * 1024**3


class Line(NamedTuple):
    """One thing looked at: `level` is ok, warn or fail."""

    what: str
    level: str
    says: str


def check(options: argparse.Namespace) -> int:
    """Look at this machine and this office's data."""
    home = Home.locate(options.home)
    lines = [*_machine(), *_disk(home), *_data(home)]
    if options.json:
        output.document([line._asdict() for line in lines])
    else:
        marks = {"ok": "✓", "warn": "!", "fail": "✗"}
        output.table(("", "检查", "结果"), [(marks[n.level], n.what, n.says) for n in lines])
    return FOUND if any(line.level == "fail" for line in lines) else DONE


def _machine() -> Iterator[Line]:
    yield _libraries()
    yield _fonts()
    book = rulebook.load()
    yield Line("检查规则", "ok", f"{len(book.rules)} 条，版本 {book.version[:12]}")
    yield Line("图片识别", "warn", "本版本不识别图片中的文字，扫描件须逐页人工查看")
    if shutil.which("soffice") is None:
        yield Line("LibreOffice", "warn", "没有安装（不影响使用，只用于测试排版）")


def _libraries() -> Line:
    if not sys.platform.startswith("linux"):
        return Line("系统组件", "ok", "本系统不需要另装")
    table = resources.table("system/linux.toml")
    lacking = [p for name, p in table["libraries"].items() if not _loads(name)]
    screen = [p for name, p in table["screen"].items() if not _loads(name)]
    if lacking:
        return Line("系统组件", "fail", f"窗口打不开，请安装：{' '.join(lacking + screen)}")
    if screen and os.environ.get("DISPLAY"):
        return Line("系统组件", "fail", f"窗口显示不了，请安装：{' '.join(screen)}")
    return Line("系统组件", "ok", "齐全")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _fonts() -> Line:
    present = _font_names()
    lacking = [
        f"{face['name']}（将以{face['stands_in']}代替）"
        for face in resources.table("system/fonts.toml")["face"]
        if not any(name.lower() in present for name in (face["name"], *face["files"]))
    ]
    if lacking:
        return Line("公文字体", "warn", f"缺少{'、'.join(lacking)}。请从单位已购字体中安装")
    return Line("公文字体", "ok", "齐全")


def _font_names() -> set[str]:
    """Family and file names of the installed fonts, in small letters."""
    if sys.platform == "win32":
        folders = [
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft/Windows/Fonts",
        ]
        return {p.name.lower() for f in folders if f.is_dir() for p in f.iterdir()}
    listing = shutil.which("fc-list")
    if listing is None:
        return set()
    found = subprocess.run(
        [listing, ":", "family", "file"], capture_output=True, check=False, encoding="utf-8"
    )
    names: set[str] = set()
    for row in found.stdout.splitlines():
        file, _, families = row.partition(":")
        names.add(Path(file).name.lower())
        names.update(f.strip().lower() for f in families.split(","))
    return names


def _disk(home: Home) -> Iterator[Line]:
    nearest = next(p for p in (home.root, *home.root.parents) if p.exists())
    free = shutil.disk_usage(nearest).free
    level = "ok" if free > LOW_DISK else "warn"
    advice = "" if level == "ok" else "，请清理磁盘"
    yield Line("磁盘空间", level, f"剩余 {free / 1024**3:.1f} GB{advice}")


def _data(home: Home) -> Iterator[Line]:
    if not home.catalogue.exists():
        yield Line("目录库", "warn", f"{home.root} 还没有建立单位")
        return
    try:
        base.open_catalogue(home, create=False)
    except Unavailable as problem:
        yield Line("目录库", "fail", f"{problem.what}：{problem.why}")
        return
    try:
        yield _sound()
        verdict = audit.verify()
        yield Line("日志链", "ok" if verdict.ok else "fail", verdict.says)
        yield _store(home)
        yield _packages(home)
    finally:
        base.close_catalogue()


def _sound() -> Line:
    says = base.integrity()
    if says:
        return Line("目录库", "fail", f"文件有损坏：{says}。请停止使用并恢复备份")
    return Line("目录库", "ok", "完好")


def _store(home: Home) -> Line:
    broken = [sha for sha in store.expected() if not store.intact(home, sha)]
    if broken:
        return Line("原件库", "fail", f"{len(broken)} 个文件缺失或与登记不符，请恢复备份")
    return Line("原件库", "ok", f"{len(store.expected())} 个文件都与登记一致")


def _packages(home: Home) -> Line:
    lost = releases.orphans(home)
    if lost:
        return Line("发布包", "warn", f"{len(lost)} 个发布包没有完成发布，不要上传，请重新发布")
    return Line("发布包", "ok", "都已登记")
