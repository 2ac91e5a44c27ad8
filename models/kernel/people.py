"""The officers: signing in, adding, posts, passwords. Nobody is ever deleted: steps name them."""

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from math import ceil

from models.kernel import audit, base, passwords
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.person import NewPerson, Person, Role, role_names
from models.kernel.schema import Officer, SignInAttempt
from models.kernel.visible import seen

__all__ = [
    "NewPerson", "Person", "Role", "add", "add_first", "administrator", "by_name", "current",
    "deactivate", "everyone", "hashed", "role_names", "set_password", "set_roles", "sign_in",
    "wrong_with",
]  # fmt: skip

PASSWORD_LENGTH = 8
NAME_LENGTH = 40
FREE_FAILURES = 3
LOCK_FAILURES = 6
LOCK = timedelta(minutes=15)
_UNKNOWN = "姓名或密码不对。请重新输入；忘了密码请找管理员重设。"


def sign_in(name: str, password: str) -> Person:
    """The officer with this name and password.

    Raises Refused with the same words for an unknown name, a wrong password and an officer who has
    left. After three failures each try must wait longer, after six a quarter of an hour; this is
    kept in the catalogue, so that a restart does not shorten it.
    """
    if not (_is_text(name) and _is_text(password)):  # bytes of a terminal that is not UTF-8
        raise Refused(_UNKNOWN)
    key = _name_key(name)
    with base.speaking("不能登录"):
        _refuse_while_locked(key)
        row = Officer.get_or_none(Officer.name == name.strip())
    right = passwords.fits(row.password if row else None, password)
    if row is None or not right or not row.active:
        with base.transaction():
            _count_failure(key, row)
        raise Refused(_UNKNOWN)
    person = _person(row)
    fresh = passwords.make(password) if passwords.outdated(row.password) else None
    with base.transaction():
        SignInAttempt.delete().where(SignInAttempt.name_key == key).execute()
        if fresh:
            Officer.update(password=fresh).where(Officer.id == row.id).execute()
        audit.write(person, "sign-in", "officer", person.id)
    return person


def by_name(name: str) -> Person | None:
    """The officer of this name, active or not."""
    with base.speaking("读不出人员名单"):
        row = Officer.get_or_none(Officer.name == name.strip())
    return _person(row) if row else None


def everyone() -> tuple[Person, ...]:
    """All officers, those who have left too, in the order they were added."""
    with base.speaking("读不出人员名单"):
        return tuple(_person(row) for row in Officer.select().order_by(Officer.id))


def current(person: Person) -> Person:
    """The officer as the catalogue knows him now; acts call it before they believe a role."""
    row = Officer.get_or_none(Officer.id == person.id)
    if row is None or row.name != person.name:
        raise Refused("当前登录的人员不在人员名单里。请重新登录。")
    return _person(row)


def add(new: NewPerson, by: Person) -> Changes:
    """Add an officer; an administrator's act."""
    stored = passwords.make(new.password) if _is_text(new.password) else ""
    with base.transaction():
        admin = administrator(by)
        wrong = wrong_with((new,), known=[person.name for person in everyone()])
        if wrong:
            raise Refused(*wrong)
        _insert(new, stored, admin)
    return Changes(officers=True)


def hashed(people: Iterable[NewPerson]) -> tuple[tuple[NewPerson, str], ...]:
    """Each with the stored form of the password; slow on purpose, so not in a transaction."""
    return tuple((new, passwords.make(new.password)) for new in people)


def add_first(people: Iterable[tuple[NewPerson, str]]) -> tuple[Person, ...]:
    """The first officers, inside the first start's transaction; nobody is there to permit it."""
    return tuple(_insert(new, stored, None) for new, stored in people)


def set_roles(person_id: int, roles: frozenset[Role], by: Person) -> Changes:
    """Give an officer other posts; the last administrator keeps that post."""
    with base.transaction():
        admin = administrator(by)
        person = _by_id(person_id)
        if not roles:
            raise Refused(f"“{person.name}”至少要有一个岗位。不再在岗的，请用“停用”。")
        _keep_an_admin(person, without=Role.ADMIN not in roles)
        Officer.update(roles=_join(roles)).where(Officer.id == person_id).execute()
        audit.write(
            admin, "set-roles", "officer", person_id,
            detail={"from": _join(person.roles), "to": _join(roles)},
        )  # fmt: skip
    return Changes(officers=True)


def set_password(person_id: int, new: str, by: Person) -> Changes:
    """Set a password: one's own, or as administrator anybody's. Also ends a lock."""
    stored = passwords.make(new)
    with base.transaction():
        actor = _active(current(by)) if by.id == person_id else administrator(by)
        person = _by_id(person_id)
        if len(new) < PASSWORD_LENGTH:
            raise Refused(_short(person.name))
        Officer.update(password=stored).where(Officer.id == person_id).execute()
        key = _name_key(person.name)
        SignInAttempt.delete().where(SignInAttempt.name_key == key).execute()
        audit.write(actor, "set-password", "officer", person_id)
    return Changes(officers=True)


def deactivate(person_id: int, by: Person) -> Changes:
    """An officer who has left: the steps stay under the name, no new one is possible."""
    with base.transaction():
        admin = administrator(by)
        person = _by_id(person_id)
        if not person.active:
            raise Refused(f"“{person.name}”已经停用，不用再停用一次。")
        _keep_an_admin(person, without=True)
        Officer.update(active=False).where(Officer.id == person_id).execute()
        audit.write(admin, "deactivate", "officer", person_id)
    return Changes(officers=True)


def wrong_with(people: Iterable[NewPerson], known: Iterable[str] = ()) -> tuple[str, ...]:
    """What stands against adding these people, as sentences."""
    taken = {_same(name) for name in known}
    wrong: list[str] = []
    for new in people:
        name = new.name.strip()
        if not name:
            wrong.append("有一位人员没有写姓名。请填写姓名。")
        elif not seen(name) or len(name) > NAME_LENGTH:
            wrong.append(
                f"姓名里有看不见的字符，或者超过 {NAME_LENGTH} 个字。请只写姓名，重新输入。"
            )
        elif _same(name) in taken:
            wrong.append(f"已经有叫“{name}”的人员。同名的请在姓名后加科室，例如“{name}（民政）”。")
        taken.add(_same(name))
        if not new.roles:
            wrong.append(f"“{name}”还没有岗位。请至少选一个。")
        if len(new.password) < PASSWORD_LENGTH or not _is_text(new.password):
            wrong.append(_short(name))
    return tuple(wrong)


def _is_text(word: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in word)


def _same(name: str) -> str:
    """One text for names that a reader cannot tell apart: three steps need three people."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _insert(new: NewPerson, stored: str, by: Person | None) -> Person:
    name = new.name.strip()
    number = Officer.insert(
        name=name,
        roles=_join(new.roles),
        active=True,
        password=stored,
        created_at=base.to_text(base.now()),
    ).execute()
    audit.write(by, "add", "officer", number, detail={"name": name, "roles": _join(new.roles)})
    return Person(number, name, new.roles)


def administrator(by: Person) -> Person:
    """The acting officer, if he is an active administrator; raises Refused."""
    admin = _active(current(by))
    if Role.ADMIN not in admin.roles:
        raise Refused(f"只有管理员能改人员和设置。“{admin.name}”的岗位是{admin.posts}。")
    return admin


def _active(person: Person) -> Person:
    if not person.active:
        raise Refused(f"“{person.name}”已经停用，不能再办理。请换人登录。")
    return person


def _by_id(person_id: int) -> Person:
    row = Officer.get_or_none(Officer.id == person_id)
    if row is None:
        raise Refused("人员名单里没有这个人。请刷新后再选。")
    return _person(row)


def _keep_an_admin(person: Person, *, without: bool) -> None:
    others = (p for p in everyone() if p.id != person.id and p.active)
    if without and Role.ADMIN in person.roles and not any(Role.ADMIN in p.roles for p in others):
        raise Refused(f"“{person.name}”是唯一的管理员。请先让另一个人当管理员。")


def _refuse_while_locked(key: str) -> None:
    row = SignInAttempt.get_or_none(SignInAttempt.name_key == key)
    if row is None:
        return
    left = base.from_text(row.until) - base.now()
    if left > LOCK:
        # The clock was ahead when this was written; the lock begins anew, it does not last years.
        left = LOCK
        with base.transaction():
            until = base.to_text(base.now() + LOCK)
            SignInAttempt.update(until=until).where(SignInAttempt.name_key == key).execute()
    if left > timedelta(0):
        seconds = ceil(left.total_seconds())
        wait = f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"
        raise Refused(f"连续输错次数过多。请等 {wait}再试；忘了密码请找管理员重设。")


def _count_failure(key: str, officer: Officer | None) -> None:
    """One more failure for this name; names that nobody has are counted like the others."""
    now = base.now()
    forgotten = base.to_text(now - timedelta(days=1))
    SignInAttempt.delete().where(SignInAttempt.until < forgotten).execute()
    row = SignInAttempt.get_or_none(SignInAttempt.name_key == key)
    failures = (row.failures if row else 0) + 1
    if failures >= LOCK_FAILURES:
        until = now + LOCK
    elif failures >= FREE_FAILURES:
        until = now + timedelta(seconds=2 ** (failures - FREE_FAILURES + 1))
    else:
        until = now
    SignInAttempt.delete().where(SignInAttempt.name_key == key).execute()
    SignInAttempt.insert(name_key=key, failures=failures, until=base.to_text(until)).execute()
    if failures == LOCK_FAILURES and officer is not None:
        audit.write(_person(officer), "locked", "officer", officer.id)


def _name_key(name: str) -> str:
    """A typed name may be a password in the wrong box: only its keyed hash is kept."""
    key = base.home().key.read_bytes()
    return hashlib.blake2b(name.strip().encode(), key=key, digest_size=16).hexdigest()


def _short(name: str) -> str:
    return f"“{name}”的密码不足 {PASSWORD_LENGTH} 个字符。请设长一些。"


def _join(roles: Iterable[Role]) -> str:
    held = set(roles)
    return " ".join(role.value for role in Role if role in held)


def _person(row: Officer) -> Person:
    roles = frozenset(Role(value) for value in row.roles.split())
    return Person(row.id, row.name, roles, bool(row.active))
