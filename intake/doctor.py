"""The doctor: what keeps this machine or this office's data from doing the job, a line each."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import resources
from detection import canaries, rulebook
from formats import ocr
from intake import conversion, scratch
from models import queries
from models.disclosure import proofs, releases
from models.kernel import audit, base, store
from models.kernel.errors import Unavailable
from models.kernel.home import Home

LOW_DISK = 2 * 1024**3


class Health(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {Health.OK: "良好", Health.WARN: "注意", Health.FAIL: "有问题"}[self]


class Line(NamedTuple):
    """One thing looked at, and what to do if it is not well."""

    what: str
    level: Health
    says: str


Progress = Callable[[int, int, str], None]


def machine(home: Home) -> Iterator[Line]:
    """System packages, fonts, rules, disk. Needs no office."""
    yield _libraries()
    yield _fonts()
    yield _rules(home)
    yield _pictures()
    yield _converter()
    nearest = next(p for p in (home.root, *home.root.parents) if p.exists())
    free = shutil.disk_usage(nearest).free
    left = f"剩余 {free / 1024**3:.1f} GB"
    if free > LOW_DISK:
        yield Line("磁盘空间", Health.OK, left)
    else:
        yield Line("磁盘空间", Health.WARN, f"{left}，请清理磁盘")


def data(home: Home, progress: Progress | None = None) -> Iterator[Line]:
    """Catalogue, log chain, store and packages; the catalogue must be open. Reads every file."""
    broken = base.integrity()
    if broken:
        yield Line("目录库", Health.FAIL, f"文件有损坏：{broken}。请停止使用并从备份恢复")
    else:
        yield Line("目录库", Health.OK, "完好")
    verdict = audit.verify()
    yield Line("日志链", Health.OK if verdict.ok else Health.FAIL, verdict.says)
    yield _store(home, progress)
    yield _unfinished(home)
    yield _packages()
    yield _leftovers(home)
    yield _outdated()
    yield _found_later()


def _outdated() -> Line:
    old = queries.outdated_ids()
    if not old:
        return Line("重新检查", Health.OK, "全部文件都按现在的规则检查过")
    says = (
        f"{len(old)} 份文件还没有按现在的规则检查。打开窗口会在后台接着查，"
        "也可以用 rescan --outdated 马上查"
    )
    return Line("重新检查", Health.WARN, says)


def _found_later() -> Line:
    found = queries.found_later_ids()
    if not found:
        return Line("已公开的文件", Health.OK, "没有规则更新后的新发现")
    numbers = _some([f"{number} 号" for number in found])
    says = (
        f"{numbers}已经公开，现在有新发现。不该公开的马上撤回，从各渠道撤下，改正后重新发布；"
        "可以公开的由保密审查员复核并写明理由"
    )
    return Line("已公开的文件", Health.FAIL, says)


def unopened(home: Home) -> Line | None:
    """Why there is no catalogue to look at; None where it opened (and is open now)."""
    if not home.catalogue.exists():
        return Line("目录库", Health.WARN, f"{home.root} 还没有建立单位")
    try:
        base.open_catalogue(home, create=False)
    except Unavailable as problem:
        return Line("目录库", Health.FAIL, f"{problem.what}：{problem.why}")
    return None


def _store(home: Home, progress: Progress | None) -> Line:
    expected = queries.stored_hashes()
    lost = 0
    for number, sha256 in enumerate(expected):
        if progress is not None:
            progress(number, len(expected), "原件库")
        lost += not store.intact(home, sha256)
    if lost:
        return Line("原件库", Health.FAIL, f"{lost} 个文件缺失或与登记不符，请从备份恢复")
    return Line("原件库", Health.OK, f"{len(expected)} 个文件都与登记一致")


def _unfinished(home: Home) -> Line:
    found = releases.orphans(home)
    if not found:
        return Line("发布包", Health.OK, "都有发布记录")
    names = [
        f"“{each.name}”" + (f"（{each.release_id} 号）" if each.release_id is not None else "")
        for each in found
    ]
    says = (
        f"{_some(names)}没有完成发布，可能是制作时中断；不要上传，请重新制作。"
        "不再需要的：有编号的用 abandon 命令放弃，只有文件夹的直接删除"
    )
    return Line("发布包", Health.WARN, says)


def _packages() -> Line:
    found = proofs.changed()
    wrong = [p for p in found if not p.gone]
    if wrong:
        names = [f"“{p.name}”里的{_some(p.files)}（{p.folder}）" for p in wrong]
        says = f"{_some(names)}在发布以后被改动过；不要上传，请核对是谁改的，撤回后重新发布"
        return Line("发布包内容", Health.FAIL, says)
    if found:
        names = [f"“{p.name}”" for p in found]
        says = f"{_some(names)}已不在原来的位置，没有核对；如果不是您移走的，请从备份恢复"
        return Line("发布包内容", Health.WARN, says)
    return Line("发布包内容", Health.OK, "与发布时一致")


def _leftovers(home: Home) -> Line:
    left = scratch.leftovers(home.temp)
    if not left:
        return Line("临时文件夹", Health.OK, "没有遗留文件")
    says = (
        f"{home.temp} 里有 {len(left)} 项以前没有正常结束时留下的文件，可能含有文件内容。"
        "请关闭程序，清空这个文件夹"
    )
    return Line("临时文件夹", Health.WARN, says)


def _some(names: Sequence[str]) -> str:
    """At most three names; a line is read, not studied."""
    more = f"等 {len(names)} 个" if len(names) > 3 else ""
    return "、".join(names[:3]) + more


def _rules(home: Home) -> Line:
    try:
        book = rulebook.load(home.rule_files())
    except rulebook.BadRule as error:
        says = f"{error}规则文件夹：{home.rules}。在此以前不能检查文件，也不能办理审查"
        return Line("检查规则", Health.FAIL, says)
    missed = [book.label(rule) for rule in canaries.silent(book)]
    if missed:
        says = f"“{missed[0]}”等 {len(missed)} 条规则查不出自带的样例，在此以前不能检查文件"
        return Line("检查规则", Health.FAIL, says)
    says = f"{len(book.rules)} 条，自检都查得出，版本 {book.version[:12]}"
    return Line("检查规则", Health.OK, says)


def _pictures() -> Line:
    if ocr.installed():
        return Line("图片识别", Health.OK, "已安装；扫描件仍须逐页人工查看")
    says = "没有安装识别组件，图片和扫描件里的文字读不出来，须逐页人工查看"
    return Line("图片识别", Health.WARN, says)


def _converter() -> Line:
    """Never needed, so its lack is no fault."""
    if conversion.program() is not None:
        return Line("旧格式转换", Health.OK, "LibreOffice 已安装；.ppt、.dps、.xlsb 先转换再检查")
    says = "没有安装 LibreOffice；.ppt、.dps、.xlsb 须另存为 .pptx、.xlsx 后再放入，别的不受影响"
    return Line("旧格式转换", Health.OK, says)


def _libraries() -> Line:
    if not sys.platform.startswith("linux"):
        return Line("系统组件", Health.OK, "本系统不需要另装")
    table = resources.table("system/linux.toml")
    lacking = [p for name, p in table["libraries"].items() if not _loads(name)]
    screen = [p for name, p in table["screen"].items() if not _loads(name)]
    if lacking:
        return Line("系统组件", Health.FAIL, f"窗口打不开，请安装：{' '.join(lacking + screen)}")
    if screen and os.environ.get("DISPLAY"):
        return Line("系统组件", Health.FAIL, f"窗口显示不了，请安装：{' '.join(screen)}")
    return Line("系统组件", Health.OK, "齐全")


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
        says = f"缺少{'、'.join(lacking)}。请从单位已购字体中安装"
        return Line("公文字体", Health.WARN, says)
    return Line("公文字体", Health.OK, "齐全")


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
