"""What LibreOffice prints of the hand-built .doc and .xls: the seen marker, never a hidden one."""

from pathlib import Path

import pytest

from tests.build.libreoffice import convert, needs_libreoffice
from tests.build.libreoffice import words as printed
from tests.build.word import MARKER
from tests.formats import test_biff_places, test_doc97_places

pytestmark = needs_libreoffice

# LibreOffice computes formulas anew, prints no empty sheet, and draws white letters into a PDF as
# any other: of those places a printed page proves nothing. Comments it prints only when asked to.
_SHEETS = [
    "单元格", "共享字符串的单元格", "深色底上的白字", "隐藏工作表",
    "深度隐藏工作表", "隐藏行", "折叠的行", "筛选掉的行",
    "默认隐藏的行", "隐藏列", "零宽度列", "折叠的列",
    "三个分号的格式", "合并单元格盖住的内容", "批注", "定义名称",
    "残留的共享字符串", "透视表缓存", "外部工作簿的缓存", "数据有效性提示",
    "条件格式", "方案", "链接地址", "作者属性",
    "工作簿末尾的残留", "工作表之间的残留", "文件末尾以外的残留",
]  # fmt: skip
_PAPERS = [
    "正文", "正文（两种编码的片段）", "表格", "表格第三行",
    "第二个表格", "属性在别处的表格行", "首页页眉", "没有启用的首页页眉",
    "没有启用的偶数页页眉", "批注", "修订插入", "隐藏文字",
    "段落样式隐藏的文字", "字符样式隐藏的文字", "片段表隐藏的文字", "深色底上的白字",
    "深色单元格里的白字", "域的结果", "书签", "文档变量",
    "修订人", "作者属性", "快速保存后残留的文字", "停用的表格流",
    "文件末尾以外的残留",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["xls", "doc"])
def test_printed_pages_agree(kind: str, tmp_path: Path) -> None:
    cases: dict[str, tuple[bytes, bool]] = {
        "xls": {c.words: (c.data, c.visible) for c in test_biff_places.CASES},
        "doc": {c.words: (c.data, c.visible) for c in test_doc97_places.CASES},
    }[kind]
    chosen = {"xls": _SHEETS, "doc": _PAPERS}[kind]
    files = [tmp_path / f"{number}.{kind}" for number in range(len(chosen))]
    for path, words in zip(files, chosen, strict=True):
        path.write_bytes(cases[words][0])
    convert(files, "pdf", tmp_path)
    shown = {}
    for path, words in zip(files, chosen, strict=True):
        shown[words] = MARKER in printed(path.with_suffix(".pdf"))
    assert shown == {words: cases[words][1] for words in chosen}
