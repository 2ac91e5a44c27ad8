"""Invented people: names of every build, and numbers of valid form."""

from random import Random

_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚"
    "邵万覃武钱戴严莫孔向常"
)
_RARE = "冉蔺逄亓仝佘雒贠钭邸晁宓麴隗粟瞿阙璩郗昝妫苑啜缑笪逯禤訾乜郏岑揭禹佴幸奉母苟庹"
_DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "令狐",
    "司徒",
    "公孙",
    "夏侯",
    "慕容",
    "东方",
)
_LAST = (
    "伟芳娜敏静强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文辉玲秀珍凤洁梅琳素云莲荣爱雪佳嘉"
    "勤珠翠雅芝香月莺媛瑞凡倩宁蓓纨苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希毅俊峰祥贵"
    "福生龙元全胜学才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振"
)
_MIDDLE = (
    "小大志永德国文世光明建玉秀桂春秋朝正宗启绍兴家成金银水长远思梓子雨欣浩宇俊泽一天月红海少"
    "万仁义礼先开其仕应朝登定克立"
)
_RARE_GIVEN = "䶮㛃堃犇淼焱垚珺翀赟昇喆旻玥祎彧頔甯"
_FOREIGN = (
    "阿依古丽·买买提", "买买提·吐尔逊", "古丽娜尔·艾合买提", "扎西·多吉", "卓玛·央金",
    "热合曼·依明", "迪丽拜尔·托合提", "巴特尔·苏和", "努尔兰·叶尔肯", "帕提曼·肉孜",
)  # fmt: skip
_PROVINCES = ("36", "42", "43", "50", "51", "52", "53")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def digits(rng: Random, count: int) -> str:
    """Digits, the first no zero."""
    return str(rng.randrange(1, 10)) + "".join(str(rng.randrange(10)) for _ in range(count - 1))


def given(rng: Random) -> str:
    """A given name of one or two characters."""
    last = rng.choice(_LAST)
    if rng.random() < 0.25:
        return last
    middle = rng.choice(_MIDDLE)
    return middle + last


def full_name(rng: Random, build: str = "") -> str:
    """A name; `build`: rare or double surname, foreign (with ·), short (two characters), odd."""
    if build == "rare":
        return rng.choice(_RARE) + given(rng)
    if build == "double":
        return rng.choice(_DOUBLE) + given(rng)
    if build == "foreign":
        return rng.choice(_FOREIGN)
    if build == "odd":
        return rng.choice(_COMMON) + rng.choice(_MIDDLE) + rng.choice(_RARE_GIVEN)
    if build == "short":
        return rng.choice(_COMMON) + rng.choice(_LAST)
    if build == "long":
        return rng.choice(_COMMON) + rng.choice(_MIDDLE) + rng.choice(_LAST)
    which = rng.random()
    if which < 0.08:
        return full_name(rng, "rare")
    if which < 0.11:
        return full_name(rng, "double")
    return rng.choice(_COMMON) + given(rng)


def id_check(body: str) -> str:
    """The last character of an ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(c) * w for c, w in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def credit_code(rng: Random) -> str:
    """A unified social credit code with a right check character (GB 32100-2015)."""
    body = rng.choice(("91", "92", "93", "11", "12", "52", "54")) + rng.choice(_PROVINCES)
    body += digits(rng, 4) + "".join(rng.choice(_CREDIT) for _ in range(9))
    total = sum(_CREDIT.index(c) * w for c, w in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT[(31 - total % 31) % 31]


def card(rng: Random, length: int = 19) -> str:
    """A bank card's number that passes Luhn (ISO/IEC 7812-1)."""
    body = "62" + digits(rng, length - 3)
    total = 0
    for place, c in enumerate(reversed(body)):
        value = int(c) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


class Person:
    """One invented person; what is asked twice is answered the same."""

    def __init__(self, rng: Random, build: str = "") -> None:
        self._rng = rng
        self.name = full_name(rng, build)
        self.year = rng.randrange(2009, 2019) if build == "young" else rng.randrange(1938, 2006)
        self.month, self.day = rng.randrange(1, 13), rng.randrange(1, 29)
        region = rng.choice(_PROVINCES) + f"{rng.randrange(1, 30):02}{rng.randrange(21, 40):02}"
        body = f"{region}{self.year}{self.month:02}{self.day:02}{rng.randrange(1000):03}"
        self.id = body + id_check(body)
        self.old_id = body[:6] + body[8:]
        self.sex = "男" if int(body[16]) % 2 else "女"
        second = rng.choice("3456789")
        self.phone = "1" + second + digits(rng, 9)

    @property
    def wrong_id(self) -> str:
        """The ID number with a wrong last digit, as typed by hand."""
        return self.id[:17] + ("0" if self.id[17] != "0" else "1")
