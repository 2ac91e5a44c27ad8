"""The office: its name, its bodies, its route, its folders. Rows, each change audited."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from models.kernel import audit, base, people
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import NewPerson, Person, Role
from models.kernel.schema import Officer, Policy
from models.kernel.visible import seen

NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Office:
    """What is asked at the first start. `sample`: an invented office that may be thrown away.

    `review_body`, `court`: where a citizen may turn (行政复议机关, 人民法院). `check_step`: whether
    科室负责人审核 is a step of the route. `inboxes`: watch folders besides the home's own.
    """

    name: str
    unit_code: str = ""
    region: str = ""
    review_body: str = ""
    court: str = ""
    sample: bool = False
    check_step: bool = True
    inboxes: tuple[Path, ...] = ()


_LABELS = {
    "name": "单位名称", "unit_code": "统一社会信用代码", "region": "行政区划",
    "review_body": "复议机关", "court": "管辖法院", "sample": "样例单位",
    "check_step": "科室负责人审核", "inboxes": "收件文件夹",
}  # fmt: skip


def office() -> Office | None:
    """The office as it is set; None before the first start."""
    with base.speaking("读不出设置"):
        stored = {row.key: row.value for row in Policy.select()}
    if "name" not in stored:
        return None
    known = {field.name for field in fields(Office)}
    values = {key: value for key, value in stored.items() if key in known}
    values["inboxes"] = tuple(Path(text) for text in values.get("inboxes", ()))
    return Office(**values)


def set_up(home: Home, new: Office, persons: Sequence[NewPerson]) -> Changes:
    """The first start, in one transaction: the office and its first officers.

    Makes and opens the catalogue of `home` unless that one is open. Raises Refused with
    everything that is missing.
    """
    wrong = (*_wrong_with(new), *people.wrong_with(persons), *_missing_posts(new, persons))
    if wrong:
        raise Refused(*wrong)
    if not base.is_open() or base.home() != home:
        base.open_catalogue(home, create=True)
    first = people.hashed(persons)
    with base.transaction():
        if office() is not None or Officer.select().exists():
            raise Refused("这个数据文件夹已经设置过了。请直接登录，或者换一个空的文件夹。")
        values = _values(new)
        for key, value in values.items():
            Policy.insert(key=key, value=value).execute()
        audit.write(None, "set-up", "policy", None, detail=values)
        people.add_first(first)
    return Changes(officers=True, policy=True)


def change(new: Office, by: Person) -> Changes:
    """Change the office's settings; an administrator's act. Each changed key is in the log."""
    with base.transaction():
        admin = people.administrator(by)
        old = office()
        if old is None:
            raise Refused("还没有完成首次设置。请先设置单位和人员。")
        wrong = _wrong_with(new)
        if wrong:
            raise Refused(*wrong)
        if new.sample != old.sample:
            # The command line asks the sample office for no password.
            raise Refused("样例单位和正式单位不能互相改。请换一个空的文件夹，另做首次设置。")
        before, after = _values(old), _values(new)
        for key in (key for key in after if after[key] != before[key]):
            Policy.update(value=after[key]).where(Policy.key == key).execute()
            audit.write(
                admin, "change", "policy", None,
                detail={"key": key, "label": _LABELS[key], "from": before[key], "to": after[key]},
            )  # fmt: skip
    return Changes(policy=True)


def _values(of: Office) -> dict[str, Any]:
    return {**asdict(of), "inboxes": [str(path) for path in of.inboxes]}


def _wrong_with(new: Office) -> tuple[str, ...]:
    if not new.name.strip():
        return ("单位名称不能空着。请填写全称，它会印在审批表和目录上。",)
    if not seen(new.name) or len(new.name) > NAME_LENGTH:
        return (f"单位名称里有看不见的字符，或者超过 {NAME_LENGTH} 个字。请只写全称。",)
    return ()


def _missing_posts(new: Office, persons: Sequence[NewPerson]) -> tuple[str, ...]:
    """Every step of the route needs somebody, and the three deciding ones different people."""
    needed = [Role.DRAFTER, Role.SECRECY, Role.LEADER, Role.PUBLISHER, Role.ADMIN]
    steps = [Role.DRAFTER, Role.SECRECY, Role.LEADER]
    if new.check_step:
        needed.insert(1, Role.HEAD)
        steps.insert(1, Role.HEAD)
    lacking = [role.label for role in needed if not any(role in p.roles for p in persons)]
    wrong = []
    if lacking:
        wrong.append(f"还没有人担任：{'、'.join(lacking)}。请给每个岗位至少安排一人。")
    elif not _distinct(steps, persons):
        wrong.append(
            f"{'、'.join(role.label for role in steps)}必须由不同的人担任，现有人员排不开。"
            "请增加人员或者调整岗位。"
        )
    return tuple(wrong)


def _distinct(steps: Sequence[Role], persons: Sequence[NewPerson]) -> bool:
    """Whether each step can have a person of its own."""
    if not steps:
        return True
    first, *rest = steps
    return any(
        first in person.roles and _distinct(rest, [other for other in persons if other != person])
        for person in persons
    )
