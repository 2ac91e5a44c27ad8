"""The facts of one notice of the sample office: the 低保 list as a clerk would hand it in."""

from typing import Any

from exporters.sample_office.persons import persons


def facts() -> dict[str, Any]:
    """The object of `notice --facts`, with columns that must not be printed among the others."""
    rows = [
        [str(n), p.name, p.village, f"{p.village}{p.group}组", p.id_number, str(1 + n % 4),
         str(540 + n % 4 * 310), p.card]
        for n, p in enumerate(persons(15, seed=6), 1)
    ]  # fmt: skip
    return {
        "title": "白石沟镇2026年8月农村低保对象公示",
        "organ": "白石沟镇人民政府",
        "lead": "根据《社会救助暂行办法》和最低生活保障审核确认的有关规定，经本人申请、村级评议、"
        "镇政府审核，拟将下列家庭纳入农村最低生活保障，现予公示。",
        "matter": "低保公示",
        "columns": ["序号", "姓名", "村（社区）", "家庭住址", "身份证号", "保障人口",
                    "月保障金额（元）", "开户账号"],
        "rows": rows,
        "period": "2026年8月11日至8月17日",
        "contact": "镇民政和社会事务办公室，电话023-59900119",
        "date": "2026年8月11日",
    }  # fmt: skip
