"""Who works, where, and with which children: what a verb that touches the catalogue opens first."""

import argparse
import getpass
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from intake.examine import Examiner
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person

_NO_OFFICE = "这里还没有建立单位。请先打开窗口完成首次设置，或运行 main.py setup。"


@contextmanager
def catalogue(options: argparse.Namespace) -> Iterator[Home]:
    """The home with its catalogue open. Refused where there is no office yet."""
    from models.kernel import base, policy  # `scan` keeps nothing and needs no database

    home = Home.locate(options.home)
    if not home.catalogue.exists():
        raise Refused(_NO_OFFICE)
    base.open_catalogue(home, create=False)
    try:
        if policy.office() is None:  # a first start that was broken off
            raise Refused(_NO_OFFICE)
        yield home
    finally:
        base.close_catalogue()


@contextmanager
def examiner(
    home: Home | None, *, workers: int = 2, rules: Sequence[Path] = (), pictures: bool = True
) -> Iterator[Examiner]:
    """Warm children. Without a home their scratch folder is thrown away at the end.

    `pictures`: the text on pictures is recognised.
    """
    if home is not None:
        own = (*home.rule_files(), *rules)
        with Examiner(home.temp, workers=workers, rules=own, pictures=pictures) as children:
            yield children
        return
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
        Examiner(Path(scratch), workers=workers, rules=rules, pictures=pictures) as children,
    ):
        yield children


def officer(options: argparse.Namespace) -> Person:
    """The officer of `--as`, who proves it with a password.

    The password comes from GONGKAI_PASSWORD or is asked for. The sample office asks for none: its
    passwords are public anyway, and nothing real may be in it.
    """
    from models.kernel import people, policy

    if not options.officer:
        raise Refused("请用 --as 姓名 说明以谁的身份办理。")
    office = policy.office()
    if office is not None and office.sample:
        person = people.by_name(options.officer)
        if person is None or not person.active:
            raise Refused(f"示例单位没有“{options.officer}”这个人员，或者已停用。")
        return person
    password = os.environ.get("GONGKAI_PASSWORD")
    if password is None and sys.stdin.isatty():
        password = getpass.getpass(f"{options.officer}的密码：")
    if password is None:
        raise Refused("请在环境变量 GONGKAI_PASSWORD 中给出密码，或者在终端里运行。")
    return people.sign_in(options.officer, password)
