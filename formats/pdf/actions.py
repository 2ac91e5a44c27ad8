"""What an object of a PDF starts: links, other files, scripts (12.6)."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from formats.pdf.structure import Walk, entry, items_of, pairs, string_of
from formats.reading import Part

MOST_EVENTS = 50
_FILES = {
    "Launch": "点击时打开的程序或文件",
    "GoToR": "指向其他文件的路径",
    "GoToE": "指向附件里的位置",
    "SubmitForm": "提交表单的地址",
    "ImportData": "导入表单数据的文件",
    "Thread": "指向其他文件里的文章",
    "Rendition": "播放的媒体",
}


def actions(owner: Any) -> Iterator[tuple[Part, str, str]]:
    """(part, text, note) of the links, file targets and scripts that an object may start."""
    starts = [entry(owner, "/A"), entry(owner, "/PA"), entry(owner, "/OpenAction")]
    more = entry(owner, "/AA")
    starts += [action for _, action in pairs(more)[:MOST_EVENTS]]
    chain = Walk().tree(
        [s for s in starts if isinstance(s, pikepdf.Dictionary)],
        lambda a: [n for n in items_of(entry(a, "/Next")) if isinstance(n, pikepdf.Dictionary)],
    )
    for action in chain:
        yield from _one(action)
    name = entry(owner, "/Dest")
    if isinstance(name, pikepdf.String):
        yield Part.LINK, string_of(name), "指向的命名位置"


def _one(action: Any) -> Iterator[tuple[Part, str, str]]:
    address = string_of(entry(action, "/URI"))
    if address:
        yield Part.LINK, address, "链接地址"
    script = string_of(entry(action, "/JS"))
    if script.strip():
        yield Part.SCRIPT, script, "打开或点击时运行的脚本"
    what = _FILES.get(string_of(entry(action, "/S")), "指向其他文件的路径")
    for target in (entry(action, "/F"), entry(action, "/Win")):
        path = (
            string_of(target) or string_of(entry(target, "/UF")) or string_of(entry(target, "/F"))
        )
        if path:
            yield Part.LINK, path, what
        for key in ("/P", "/D"):
            words = string_of(entry(target, key))
            if words:
                yield Part.LINK, words, "启动程序的参数"
    place = entry(action, "/D")
    if isinstance(place, pikepdf.String):
        yield Part.LINK, string_of(place), "指向的命名位置"
