"""`bench`: detection alone, on text that is in memory already: one core, reading line by line off.

What reading adds is a figure of its own.
"""

import dataclasses
import importlib.util
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import detection
from cli import bench_files
from cli.bench_figures import Figure, seconds
from detection import rulebook
from detection.attacks import PROMISE, SIZE, attacks, cost
from detection.rulebook import Rulebook

_PIECE = 20_000
_DOCUMENT = 10_000
_UNIT = "百万字/秒"
_ORDINARY = "每千字 1.6 处，与平常的公开文件相当"
_DENSE = "每千字 5.5 处"


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Speed with an office's own 20,000 words, growth with the text, and against others.

    The promise is for text as dense with finds as ordinary documents are; the speed on one that is
    denser is told beside it.
    """
    bench_files.words(scratch / "words.txt")
    whole = rulebook.load([scratch / "words.txt"])
    book = dataclasses.replace(whole, reads=False)
    sizes = (0.3, 3) if quick else (1, 10, 100)
    speeds = [_speed(book, megabytes, bench_files.ORDINARY) for megabytes in sizes]
    dense = _speed(book, sizes[0], bench_files.DENSE)
    yield Figure("检查速度（另有本单位 2 万个词）", max(speeds), _UNIT, least=4, note=_ORDINARY)
    yield Figure("检查速度，姓名号码很密的文字", dense, _UNIT, note=_DENSE)
    told = "，".join(f"{m} MB {s:.2f}" for m, s in zip(sizes, speeds, strict=True))
    yield Figure(
        f"每字用时：{sizes[-1]} MB / {sizes[0]} MB",
        speeds[0] / speeds[-1],
        "倍",
        1.5,
        f"{told} {_UNIT}",
    )
    yield _reading(book, whole)
    yield _hardest(book, quick=quick)
    yield from _others(book)


def _reading(book: Rulebook, whole: Rulebook) -> Figure:
    """What reading line by line adds to a document of 10,000 characters that names many people."""
    reading = bench_files.prose(3 * _DOCUMENT / 1e6, bench_files.DENSE)
    without, read = seconds(
        5, lambda: detection.scan(reading, book), lambda: detection.scan(reading, whole)
    )
    more = (read - without) * _DOCUMENT / reading.characters
    speed = reading.characters / read / 1e6
    note = f"{_DENSE}；识读时一共 {speed:.2f} {_UNIT}"
    return Figure("逐句识读给一万字的文件多用的时间", more, "秒", 0.3, note)


def _hardest(book: Rulebook, *, quick: bool) -> Figure:
    """The pattern that costs most on 1 MB made to make it slow.

    Texts are many: each is tried on a part of its length, and those that cost most there in full.
    """
    tried = [
        (cost(pattern, text, times=2), rule, pattern, number)
        for rule in book.rules
        for pattern in rule.patterns
        for number, text in enumerate(attacks(rule, pattern, SIZE // 20))
    ]
    tried.sort(key=lambda row: -row[0])
    most, rule = max(
        (
            (cost(pattern, next(islice(attacks(rule, pattern), number, None)), times=5), rule.id)
            for _, rule, pattern, number in tried[: 10 if quick else 80]
        ),
        key=lambda row: row[0],
    )
    note = f"{rule}；{len(tried)} 段文字，50 毫秒相当于 {PROMISE:.2f} 倍"
    return Figure("最费时的句式 / 只数字符的查找", most, "倍", PROMISE, note)


def _speed(book: Rulebook, megabytes: float, every: int) -> float:
    """Million characters a second of processor time."""
    reading = bench_files.prose(megabytes, every)
    (taken,) = seconds(3 if megabytes < 10 else 1, lambda: detection.scan(reading, book))
    return reading.characters / taken / 1e6


def _others(book: Rulebook) -> Iterator[Figure]:
    """The same text by other engines, in pieces as they like it; where they are installed.

    In turn with ours, and the least of some runs: what else the machine does meets both alike.
    """
    reading = bench_files.prose(1, bench_files.ORDINARY)
    text = "\n".join(segment.text for segment in reading.segments)
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    for name, engine in _ENGINES.items():
        if importlib.util.find_spec(name) is None:
            continue
        run = engine()

        def theirs(run: Callable[[str], object] = run) -> None:
            for piece in pieces:
                run(piece)

        ours, others = seconds(3, lambda: detection.scan(reading, book), theirs)
        note = f"{len(text) / others / 1e6:.3f} {_UNIT}"
        yield Figure(f"检查速度 / {name}", others / ours, "倍", least=10, note=note)


def _presidio() -> Callable[[str], object]:
    """All its own patterns, on words cut by spaCy; without a model of names."""
    presidio = importlib.import_module("presidio_analyzer")
    nlp = importlib.import_module("presidio_analyzer.nlp_engine").SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": "blank"}]
    )
    nlp.nlp = {"en": importlib.import_module("spacy").blank("en")}
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
    engine = presidio.AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])
    return lambda text: engine.analyze(text, language="en")


def _argus() -> Callable[[str], object]:
    redact: Callable[..., object] = importlib.import_module("argus_redact").redact
    return lambda text: redact(text, lang="zh", mode="fast")


_ENGINES = {"presidio_analyzer": _presidio, "argus_redact": _argus}
