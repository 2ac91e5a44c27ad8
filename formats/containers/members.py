"""Files inside a file: each read through the dispatcher, its places put under its own name."""

import io

from formats.budget import Budget
from formats.opening import read_stream, shown
from formats.reading import Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable


class Members:
    """Gathers what the files inside one file say. `where` begins each sentence: "压缩包里的".

    `sealed`: nobody sees these files when the outer one is opened or printed (an object behind a
    picture, a data address): their segments become EMBEDDED and unseen.
    """

    def __init__(self, budget: Budget, where: str, *, sealed: bool = False) -> None:
        self.budget = budget
        self.where = where
        self.sealed = sealed
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.partial = False
        self._taken: dict[str, int] = {}

    def named(self, name: str) -> str:
        """How places name a member; a second one of the same name is told apart."""
        name = shown(name)
        count = self._taken[name] = self._taken.get(name, 0) + 1
        return name if count == 1 else f"{name} ({count})"

    def take(self, data: bytes, member: str, name: str) -> Reading | None:
        """Read one member's bytes; None, and a trouble, when it cannot be read.

        Raises Unreadable(TOO_BIG) when the budget is used up.
        """
        try:
            with self.budget.deeper():
                reading = read_stream(io.BytesIO(data), self.budget, name)
        except Unreadable as error:
            self.refuse(error, member)
            from formats.unopened import words  # most files inside are read

            self.segments += words(data, error, member, self.budget)
            return None
        self.add(reading, member)
        return reading

    def refuse(self, error: Unreadable, member: str) -> None:
        """Say why a member was not read. An empty one leaves nothing unread."""
        if error.code is TroubleCode.TOO_BIG:
            raise error
        text = f"{self.where}“{member}”没有读取：{error.text}"
        self.troubles.append(Trouble(error.code, text, Place(Part.NAME, member=member)))
        self.partial |= error.code is not TroubleCode.EMPTY

    def add(self, reading: Reading, member: str) -> None:
        """What was read elsewhere, under this member's name."""
        for segment in reading.segments:
            inner = segment.place.member
            if segment.place.part is Part.NAME and inner is None:
                continue
            place = segment.place._replace(member=f"{member}/{inner}" if inner else member)
            if self.sealed:
                note = segment.note or segment.place.part.label
                place = place._replace(part=Part.EMBEDDED)
                self.segments.append(segment._replace(place=place, visible=False, note=note))
            else:
                self.segments.append(segment._replace(place=place))
        for trouble in reading.troubles:
            place = trouble.place or Place(Part.NAME)
            inner = place.member
            place = place._replace(member=f"{member}/{inner}" if inner else member)
            text = f"{self.where}“{member}”：{trouble.text}"
            self.troubles.append(Trouble(trouble.code, text, place))
        self.partial |= reading.partial
