"""What LibreOffice prints of hand-built RTF and HTML: the seen marker, never a hidden one."""

from pathlib import Path
from typing import Any

import pytest

from tests.build.libreoffice import convert, needs_libreoffice
from tests.build.libreoffice import words as printed
from tests.formats import test_html_places, test_rtf_places

pytestmark = needs_libreoffice

# LibreOffice draws no old drawing objects or WordArt without their geometry, and letters of white
# ink into a PDF as any other: of those places a printed page proves nothing.
_RTF = [
    "正文", "正文（Unicode）", "页眉", "首页页眉", "没有启用的首页页眉",
    "没有启用的偶数页页脚", "页脚", "脚注", "尾注", "批注", "隐藏文字", "文本框",
    "图形替代文字", "旧版程序才显示的内容", "域代码", "域结果", "链接地址", "书签",
    "窗体域", "文档变量", "作者", "单位", "标题", "自定义属性", "所用模板",
    "邮件合并数据源", "其他程序写入的内容", "编号处的备用文字",
]  # fmt: skip
# Of style sheets that hide, LibreOffice knows none, nor pages that scripts would change.
_HTML = [
    "正文", "网页注释", "条件注释", "meta", "meta property", "隐藏域", "选项的值", "data 属性",
    "自造属性", "alt", "title 属性", "aria", "链接", "链接里的本机路径", "base", "脚本",
    "脚本里的 JSON", "事件属性", "样式表注释", "删除线", "textarea", "选项",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["rtf", "html"])
def test_printed_pages_agree(kind: str, tmp_path: Path) -> None:
    cases: dict[str, Any] = {
        "rtf": {c.id: c.values for c in test_rtf_places.CASES},  # type: ignore[attr-defined]
        "html": {c.id: c.values for c in test_html_places.CASES},  # type: ignore[attr-defined]
    }[kind]
    chosen = {"rtf": _RTF, "html": _HTML}[kind]
    files = [tmp_path / f"{number}.{kind}" for number in range(len(chosen))]
    for path, words in zip(files, chosen, strict=True):
        data = cases[words][0]
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    convert(files, "pdf", tmp_path)
    shown = {}
    for path, words in zip(files, chosen, strict=True):
        shown[words] = "8613" in printed(path.with_suffix(".pdf"))
    assert shown == {words: cases[words][-1] for words in chosen}
