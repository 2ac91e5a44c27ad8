"""The words of the command line. Parsing loads nothing else: a wrong word answers at once."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    _Verbs: TypeAlias = "argparse._SubParsersAction[_Verb]"

AS_BEFORE = "as-before"
RULINGS = ("redact", "mask", "keep", "not-one", AS_BEFORE)
MEASURES = ("reading", "detection", "start", "window", "folder")


class _Verb(argparse.ArgumentParser):
    """A verb's own parser: who and where may also be said after the verb."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        _who_and_where(self, default=argparse.SUPPRESS)


def _who_and_where(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument("--home", type=Path, default=default, help="数据文件夹")
    parser.add_argument(
        "--as", dest="officer", metavar="姓名", type=text, default=default, help="以谁的身份办理"
    )


def parse(argv: list[str]) -> argparse.Namespace:
    """The options; `verb` is None where the window is wanted. Exits with 2 on wrong use."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="政务公开工作台。不带命令时打开窗口。", allow_abbrev=False
    )
    _who_and_where(parser, default=None)
    verbs = parser.add_subparsers(dest="verb", metavar="命令", parser_class=_Verb)
    _looking(verbs)
    _catalogue(verbs)
    _review(verbs)
    _papers(verbs)
    _rules(verbs)
    _office(verbs)
    return parser.parse_args(argv)


def number(word: str) -> int:
    """A document's or a page's number: 1 to what the catalogue can count."""
    if not (word.isascii() and word.isdecimal() and 0 < int(word[:20]) < 2**63):
        raise argparse.ArgumentTypeError(f"“{text(word)}”不是编号，请写 1、2、3 这样的数字")
    return int(word)


def text(word: str) -> str:
    """Words to be kept: bytes that are no text (a terminal in GBK) cannot be."""
    try:
        word.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("文字不是 UTF-8 编码，请换用 UTF-8 的终端再输入") from None
    return word


def words(word: str) -> str:
    """Text that is there: of nothing there is no place."""
    if not word.strip():
        raise argparse.ArgumentTypeError("没有写文字")
    return text(word)


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="输出一份 JSON")


def _admission(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--admit", metavar="理由", default="", type=text,
        help="仅限保密审查员：这份文件里的国家秘密标志确属误报，写明理由放行",
    )  # fmt: skip


def _looking(verbs: "_Verbs") -> None:
    scan = verbs.add_parser("scan", help="只检查，不保存")
    scan.add_argument("paths", nargs="+", type=Path, metavar="文件或文件夹")
    scan.add_argument("--reveal", action="store_true", help="显示发现的原文")
    scan.add_argument("--jobs", type=int, default=0, help="同时检查几个文件")
    scan.add_argument("--no-ocr", action="store_true", help="不识别图片中的文字")
    scan.add_argument("--rules", action="append", default=[], type=Path, help="另加规则文件")
    scan.add_argument("--profile", help="按事项说明各列能不能公开，例如：低保公示")
    _json(scan)
    read = verbs.add_parser("read", help="列出文件里的全部文字和位置")
    read.add_argument("file", type=Path)
    read.add_argument("--reveal", action="store_true", help="显示原文，不遮盖")
    _json(read)
    redact = verbs.add_parser("redact", help="制作公开件并复查")
    redact.add_argument("file", type=Path)
    redact.add_argument("-o", "--out", required=True, type=Path)
    redact.add_argument("--profile", help="按事项只保留允许公开的列，例如：低保公示")
    redact.add_argument("--all", action="store_true", help="“核实”一级的发现也一并遮盖")
    _json(redact)


def _catalogue(verbs: "_Verbs") -> None:
    take = verbs.add_parser("take", help="收文件入目录")
    take.add_argument("paths", nargs="+", type=Path)
    take.add_argument("--batch", type=text, help="放入哪个批次")
    _json(take)
    admit = verbs.add_parser("admit", help="保密审查员写明理由，放行一份误报有国家秘密标志的文件")
    admit.add_argument("file", type=Path)
    admit.add_argument("--reason", required=True, type=words, help="为什么不是国家秘密")
    admit.add_argument("--batch", type=text, help="放入哪个批次")
    _json(admit)
    watch = verbs.add_parser("watch", help="看守收件文件夹")
    watch.add_argument("folders", nargs="*", type=Path)
    watch.add_argument("--once", action="store_true", help="收完现有文件就结束")
    listing = verbs.add_parser("list", help="列出目录")
    listing.add_argument("--state", help="只看某一状态，例如 received")
    listing.add_argument("--trash", action="store_true", help="只看回收站")
    listing.add_argument(
        "--recheck", choices=("outdated", "found-later"),
        help="规则更新后待重查的；已公开又有新发现的",
    )  # fmt: skip
    _json(listing)
    show = verbs.add_parser("show", help="一份文件的全部情况")
    show.add_argument("id", type=number)
    _json(show)
    search = verbs.add_parser("search", help="全文搜索")
    search.add_argument("text", type=text)
    _json(search)


def _review(verbs: "_Verbs") -> None:
    rule = verbs.add_parser("rule", help="对一处发现作出处理")
    rule.add_argument("id", type=number)
    rule.add_argument("finding", type=text, help="发现的编号，all 表示全部未处理的")
    rule.add_argument("ruling", choices=RULINGS)
    rule.add_argument("--reason", default="", type=text)
    _json(rule)
    mark = verbs.add_parser("mark", help="给一处文字加标记，公开件里删除")
    mark.add_argument("id", type=number)
    mark.add_argument("text", type=words, metavar="文字")
    which = mark.add_mutually_exclusive_group()
    which.add_argument("--nth", type=number, metavar="第几处", help="文字有几处时，标记哪一处")
    which.add_argument("--all", action="store_true", help="有几处标记几处")
    _json(mark)
    clean = verbs.add_parser("clean", help="按处理意见制作公开件")
    clean.add_argument("ids", nargs="+", type=number)
    _admission(clean)
    _json(clean)
    undo = verbs.add_parser("undo", help="收回自己对这份文件的最近一次处理")
    undo.add_argument("id", type=number)
    edit = verbs.add_parser("edit", help="改目录信息，例如 edit 3 attribute=主动公开")
    edit.add_argument("id", type=number)
    edit.add_argument("fields", nargs="+", metavar="目录项=内容", type=text)
    replace = verbs.add_parser("replace", help="换一份文件，成为新版本")
    replace.add_argument("id", type=number)
    replace.add_argument("file", type=Path)
    _json(replace)
    rescan = verbs.add_parser("rescan", help="按现在的规则重新检查")
    rescan.add_argument("ids", nargs="*", type=number)
    rescan.add_argument("--outdated", action="store_true", help="规则更新后还没有重查的，全部重查")
    _admission(rescan)
    _json(rescan)
    seen = verbs.add_parser("seen", help="记下已看过扫描件的某一页")
    seen.add_argument("id", type=number)
    seen.add_argument("page", type=number)
    step = verbs.add_parser("step", help="办理一步：submit check clear approve return ...")
    step.add_argument("words", nargs="+", metavar="编号... 步骤")
    step.add_argument("--reason", default="", type=text)
    _json(step)
    release = verbs.add_parser("release", help="制作发布包")
    release.add_argument("ids", nargs="+", type=number)
    release.add_argument("-o", "--out", required=True, type=Path)
    release.add_argument("--name", default="", type=text)
    _json(release)
    abandon = verbs.add_parser("abandon", help="放弃没有做成的发布包")
    abandon.add_argument("release", type=number, metavar="发布包编号")
    abandon.add_argument("--reason", default="", type=text)
    publish = verbs.add_parser("publish", help="登记已在何处公开")
    publish.add_argument("id", type=number)
    publish.add_argument("--channel", required=True, type=text)
    publish.add_argument("--url", default="", type=text)
    publish.add_argument("--date", required=True, help="如 2026-11-23")


def _papers(verbs: "_Verbs") -> None:
    notice = verbs.add_parser("notice", help="制作公示")
    notice.add_argument("kind")
    notice.add_argument("--facts", required=True, type=Path)
    notice.add_argument("-o", "--out", required=True, type=Path)
    layout = verbs.add_parser("layout", help="检查公文格式")
    parts = layout.add_subparsers(dest="part", required=True)
    check = parts.add_parser("check")
    check.add_argument("file", type=Path)
    _json(check)
    report = verbs.add_parser("report", help="年度报告")
    parts = report.add_subparsers(dest="part", required=True)
    build = parts.add_parser("build")
    build.add_argument("year", type=int)
    build.add_argument("-o", "--out", required=True, type=Path)
    _json(build)
    check = parts.add_parser("check")
    check.add_argument("files", nargs="+", type=Path)
    _json(check)


def _rules(verbs: "_Verbs") -> None:
    rules = verbs.add_parser("rules", help="本单位自己的检查规则")
    parts = rules.add_subparsers(dest="part", required=True)
    _json(parts.add_parser("list", help="列出本单位的规则、例外和词表"))
    trying = parts.add_parser("try", help="试一份规则文件：会在目录里查出什么，什么都不改")
    trying.add_argument("file", type=Path)
    _json(trying)
    add = parts.add_parser("add", help="核对后生效（管理员或者保密审查员）")
    add.add_argument("file", type=Path)
    add.add_argument("--reason", required=True, type=words)
    remove = parts.add_parser("remove", help="移走一份规则文件或者一条规则，原文另存")
    remove.add_argument("name", type=words, metavar="文件名或规则编号")
    remove.add_argument("--reason", required=True, type=words)


def _office(verbs: "_Verbs") -> None:
    setup = verbs.add_parser("setup", help="首次使用：建立单位和人员")
    setup.add_argument("--sample", action="store_true", help="建立示例单位")
    setup.add_argument("--facts", type=Path, help="单位和人员的 JSON")
    audit = verbs.add_parser("audit", help="日志")
    parts = audit.add_subparsers(dest="part", required=True)
    verify = parts.add_parser("verify")
    _json(verify)
    export = parts.add_parser("export")
    export.add_argument("-o", "--out", required=True, type=Path)
    check = verbs.add_parser("check", help="体检")
    _json(check)
    demo = verbs.add_parser("demo", help="用示例单位走完全程")
    demo.add_argument("--out", type=Path, help="成果放在哪里")
    bench = verbs.add_parser("bench", help="性能测量")
    bench.add_argument("--only", action="append", choices=MEASURES, help="只测这一组，可写多次")
    bench.add_argument("--quick", action="store_true", help="少量文件，只看能否运行")
    _json(bench)
