"""The catalogue fields of a document: keys, labels, allowed values. Pure.

Sources: 条例 art. 12 (索引、名称、内容概述、生成日期) and 国务院办公厅秘书局《政府信息公开目录系统
实施指引（试行）》, as restated in the project's domain notes, disclosure B3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detection.matters import matters
from models.kernel.visible import line


@dataclass(frozen=True, slots=True)
class Field:
    """One catalogue field. `choices` are the usual values; a `closed` field takes no other.

    `kind` is "text" or "date" (ISO 8601, `2026-03-05`); `limit` counts characters.
    """

    key: str
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    closed: bool = False
    kind: str = "text"
    limit: int = 500
    required: bool = False


ATTRIBUTES = ("主动公开", "依申请公开", "不予公开")
GENRES = (
    "通知", "公告", "通告", "公示", "意见", "决定", "批复", "函", "报告", "请示", "纪要", "通报",
    "行政规范性文件", "规划计划", "统计信息", "预算决算", "名单", "其他公文",
)  # fmt: skip
TOPICS = (
    "国务院组织机构", "综合政务", "国民经济管理、国有资产监管", "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利", "工业、交通", "商贸、海关、旅游", "市场监管、安全生产监管",
    "城乡建设、环境保护", "科技、教育", "文化、广电、新闻出版", "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察", "公安、安全、司法", "民政、扶贫、救灾", "民族、宗教", "对外事务",
    "港澳台侨工作", "国防", "其他",
)  # fmt: skip
MATTERS = tuple(matter.label for matter in matters())
SOURCES = ("本机关制作", "上级来文", "其他机关", "公民、法人或者其他组织", "转载")

FIELDS: tuple[Field, ...] = (
    Field("index_number", "索引号", "由网站平台编号，上传后填入；可以空着", limit=60),
    Field("title", "信息名称", "完整的正式标题，不用简称", limit=200, required=True),
    Field("organ", "发布机构", "全称；联合发文填编号的机关", limit=100, required=True),
    Field("document_number", "发文字号", "年份用六角括号〔〕；没有就空着", limit=60),
    Field("signed_on", "成文日期", "签发或会议通过的日期", kind="date"),
    Field("topic", "主题分类", choices=TOPICS, limit=60),
    Field("genre", "体裁分类", choices=GENRES, limit=40),
    Field("matter", "公示事项", "名单类文件按事项决定哪些列可以公开；改后自动重新检查",
          choices=MATTERS, closed=True),
    Field("attribute", "公开方式", choices=ATTRIBUTES, closed=True, required=True),
    Field("attribute_reason", "属性理由", "依申请公开、不予公开时写明法定理由", limit=500),
    Field("scope", "公开范围", choices=("面向社会", "面向申请人（特定群体）"), limit=60),
    Field("time_limit", "公开时限", "限时公开写起止日期", choices=("长期公开",), limit=60),
    Field("validity", "有效性", choices=("有效", "失效", "废止"), closed=True),
    Field("repealed_on", "废止日期", kind="date"),
    Field("summary", "内容概述", "一两句话，不超过 300 字", limit=300),
    Field("keywords", "关键词", "用空格隔开", limit=100),
    Field("department", "责任科室", limit=60),
    Field("column", "栏目", "网站上的栏目名称", limit=100),
    Field("source", "信息来源", choices=SOURCES, limit=100),
    Field("source_url", "来源网址", "转载时必填", limit=500),
    Field("remark", "备注", limit=500),
)  # fmt: skip
KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}


def clean(fields: Mapping[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values as they are stored (stripped text, ISO dates) and what is wrong with them.

    A key that is no field is our mistake and raises KeyError.
    """
    values: dict[str, str] = {}
    wrong: list[str] = []
    for key, given in fields.items():
        field = BY_KEY[key]
        text = "" if given is None else line(str(given))
        values[key] = text
        if field.kind == "date" and text and not _is_date(text):
            wrong.append(f"“{field.label}”写成了“{text[:20]}”，请写成 2026-03-05 这样的日期。")
        if field.closed and text and text not in field.choices:
            wrong.append(f"“{field.label}”只能是：{'、'.join(field.choices)}。请从中选一个。")
        if len(text) > field.limit:
            wrong.append(f"“{field.label}”有 {len(text)} 个字，最多 {field.limit} 个。请删短。")
        if key == "title" and not text:
            wrong.append("“信息名称”不能空着。请填写完整标题。")
    return values, tuple(wrong)


def missing(values: Mapping[str, str]) -> tuple[str, ...]:
    """What must still be filled in before the document may be handed in, as sentences."""
    lacking = [
        f"目录项“{field.label}”还没有填。请在目录信息中填写。"
        for field in FIELDS
        if field.required and not values.get(field.key)
    ]
    if values.get("attribute") in ATTRIBUTES[1:] and not values.get("attribute_reason"):
        lacking.append(
            f"公开方式是“{values['attribute']}”，还没有写理由。请在“属性理由”中写明依据条例哪一条。"
        )
    if values.get("source") == "转载" and not values.get("source_url"):
        lacking.append("信息来源是“转载”，还没有写来源网址。请在“来源网址”中填写。")
    return tuple(lacking)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
