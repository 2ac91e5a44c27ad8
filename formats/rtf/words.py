"""RTF's control words by what they do to the text: destinations, signs, properties of a run."""

import re
from enum import Enum, auto
from typing import NamedTuple

from formats.reading import Part


class Does(Enum):
    """What becomes of the text in a destination."""

    STORY = auto()  # paragraphs of their own
    TELL = auto()  # one segment when the group ends
    SKIP = auto()  # told only if it talks: tables of numbers, doubles of what is read elsewhere
    HEX = auto()  # bytes: a picture, an object, a data store
    KEEP = auto()  # held for whoever asks: an author, a name
    FALLBACK = auto()  # shown by old programs only


class Destination(NamedTuple):
    """`note` is what the officer reads beside the text."""

    does: Does
    part: Part = Part.BODY
    note: str = ""
    visible: bool = True


def _told(part: Part, notes: dict[str, str]) -> dict[str, Destination]:
    return {w: Destination(Does.TELL, part, note, visible=False) for w, note in notes.items()}


# RTF 1.9.1, by section: headers and footers, footnotes, comments, information group, document
# variables, bookmarks, fields, form fields, objects, pictures, shapes, mail merge, user properties.
DESTINATIONS: dict[str, Destination] = {
    **{f"header{which}": Destination(Does.STORY, Part.HEADER) for which in ("", "l", "r", "f")},
    **{f"footer{which}": Destination(Does.STORY, Part.FOOTER) for which in ("", "l", "r", "f")},
    "footnote": Destination(Does.STORY, Part.FOOTNOTE),
    "annotation": Destination(Does.STORY, Part.COMMENT, "批注", visible=False),
    "shptxt": Destination(Does.STORY, Part.TEXTBOX),
    "dptxbxtext": Destination(Does.STORY, Part.TEXTBOX),
    "shprslt": Destination(Does.FALLBACK, Part.HIDDEN, "旧版程序才显示的内容", visible=False),
    "nonshppict": Destination(Does.SKIP),
    **_told(
        Part.PROPERTY,
        {
            "title": "标题", "subject": "主题", "author": "作者", "manager": "主管",
            "company": "单位", "operator": "最后修改人", "category": "类别", "keywords": "关键词",
            "comment": "备注", "doccomm": "备注", "hlinkbase": "链接起点", "template": "所用模板",
            "protusertbl": "可编辑的用户", "objname": "对象名称", "nextfile": "下一个文件",
            "bliptag": "", "windowcaption": "窗口标题", "factoidname": "智能标记",
            "linkval": "链接的属性", "xmlattrname": "标记", "mmodsosubject": "邮件合并主题",
        },
    ),
    **_told(
        Part.VARIABLE,
        {
            "docvar": "文档变量", "mmdatasource": "邮件合并数据源",
            "mmconnectstr": "邮件合并连接", "mmquery": "邮件合并查询",
            "mmheadersource": "邮件合并表头", "mmodsoudl": "邮件合并连接",
            "mmodsosrc": "邮件合并数据源", "mmodsotable": "邮件合并数据表",
            "mmodsoudldata": "邮件合并数据", "mmaddfieldname": "邮件合并字段",
            "mmodsoname": "邮件合并字段", "mmodsomappedname": "邮件合并字段",
            "mmconnectstrdata": "邮件合并连接", "mmmailsubject": "邮件合并主题",
            "xmlattrvalue": "标记的值",
        },
    ),
    **_told(
        Part.FORM_VALUE,
        {
            "ffname": "窗体域名称", "ffdeftext": "窗体域默认值", "ffformat": "窗体域格式",
            "ffhelptext": "窗体域帮助", "ffstattext": "窗体域提示", "ffl": "下拉项",
            "ffentrymcr": "窗体域宏", "ffexitmcr": "窗体域宏",
        },
    ),
    **{
        word: Destination(Does.STORY, Part.FOOTNOTE, "脚注分隔符")
        for word in ("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn")
    },
    "filetbl": Destination(Does.TELL, Part.LINK, "相关文件的位置", visible=False),
    "objalias": Destination(Does.TELL, Part.LINK, "对象链接", visible=False),
    "objsect": Destination(Does.TELL, Part.LINK, "对象链接", visible=False),
    "fldinst": Destination(Does.TELL, Part.FIELD, "域代码", visible=False),
    "bkmkstart": Destination(Does.TELL, Part.OUTLINE, "书签", visible=False),
    "xe": Destination(Does.TELL, Part.FIELD, "索引项", visible=False),
    "tc": Destination(Does.TELL, Part.FIELD, "目录项", visible=False),
    "hlloc": Destination(Does.TELL, Part.LINK, "链接", visible=False),
    "hlsrc": Destination(Does.TELL, Part.LINK, "链接", visible=False),
    "hlfr": Destination(Does.TELL, Part.LINK, "链接", visible=False),
    "htmltag": Destination(Does.KEEP),
    "listtext": Destination(Does.KEEP),
    "listtable": Destination(Does.KEEP),
    "stylesheet": Destination(Does.KEEP),
    "listname": Destination(Does.TELL, Part.PROPERTY, "列表的名称", visible=False),
    "pntext": Destination(Does.KEEP),
    "atnauthor": Destination(Does.KEEP),
    "atndate": Destination(Does.KEEP),
    "atntime": Destination(Does.KEEP),
    "propname": Destination(Does.KEEP),
    "staticval": Destination(Does.KEEP),
    "sn": Destination(Does.KEEP),
    "sv": Destination(Does.KEEP),
    "revtbl": Destination(Does.KEEP),
    "objclass": Destination(Does.KEEP),
    **{w: Destination(Does.KEEP) for w in ("creatim", "revtim", "printim", "buptim")},
    "fonttbl": Destination(Does.KEEP),
    "colortbl": Destination(Does.KEEP),
    "pict": Destination(Does.HEX),
    "objdata": Destination(Does.HEX),
    "datastore": Destination(Does.HEX),
    "datafield": Destination(Does.HEX),
    **{
        word: Destination(Does.SKIP)
        for word in (
            "listoverridetable", "rsidtbl", "xmlnstbl", "generator",
            "themedata", "colorschememapping", "latentstyles", "pgptbl", "wgrffmtfilter",
            "bkmkend", "atrfstart", "atrfend", "atnref", "atnid", "atnicn", "atnparent",
            "blipuid", "pnseclvl", "oldcprops", "oldpprops", "oldsprops", "oldtprops",
            "nonesttables", "defchp", "defpap", "mmathPr", "passwordhash",
            "password", "ebcstart", "ebcend",
            "panose", "falt", "fname", "fontemb", "upr", "xform", "wptools",
            "moveend", "mvfmf", "mvfml", "mvtof", "mvtol",
            "levelmarker", "protstart", "protend", "cnt",
            "pgdsctbl", "fchars", "lchars", "writereservhash", "writereservation", "svb",
        )
    },
}  # fmt: skip

# Destinations whose text belongs where it stands.
TRANSPARENT = frozenset(
    {"shppict", "shpinst", "shp", "object", "field", "fldrslt", "result", "nesttableprops", "info",
     "userprops", "do", "dptxbx", "shpgrp", "picprop", "sp", "formfield", "ud", "mmath", "moMath",
     "mr", "mt", "background", "mailmerge", "mmodso", "mmodsofldmpdata", "mmodsorecipdata",
     "atntext", "hl", "shptop", "mtext", "oldlinewrap", "docpart", "pn", "pnpict", "listpicture"}
)  # fmt: skip

# Signs that stand for characters (RTF 1.9.1, "Special Characters").
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "", "zwnj": "",
    "~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "column": "\n",
}  # fmt: skip

# What a list puts before a paragraph: 1. (2) 三、 （四） 第五条 a) iv. 1.2.3 and bullets.
NUMBERING = re.compile(
    "[(（[〔]?第?(?:\\d{1,4}(?:[.．]\\d{1,4}){0,8}|[a-zA-Z]{1,6}|[一二三四五六七八九十百零]{1,5})"
    "[条章节款项]?[)）\\]〕.．、,，:：]?|[^\\w\\s]|[a-z\uf000-\uf0ff]"
)

# Shape properties that hold words (RTF 1.9.1, "Shape Properties").
SHAPE_WORDS = {
    "wzDescription": (Part.ALT_TEXT, "图形的替代文字", False),
    "wzTooltip": (Part.ALT_TEXT, "图形的提示", False),
    "wzName": (Part.ALT_TEXT, "图形名称", False),
    "gtextUNICODE": (Part.TEXTBOX, "艺术字", True),
    "pibName": (Part.LINK, "图片来源", False),
    "pihlShape": (Part.LINK, "图形链接", False),
    "wzScript": (Part.SCRIPT, "图形脚本", False),
}  # fmt: skip
TIMES = {"creatim": "创建时间", "revtim": "修改时间", "printim": "打印时间", "buptim": "备份时间"}
