"""Offsets of many blocks whose heights are learnt one by one: a Fenwick tree over pixels."""

from collections.abc import Iterable


class Heights:
    """Heights of blocks in pixels; offset, search and change cost O(log n)."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights: list[int] = list(heights)
        self._tree: list[int] = [0, *self._heights]
        for node in range(1, len(self._tree)):
            above = node + (node & -node)
            if above < len(self._tree):
                self._tree[above] += self._tree[node]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def extend(self, heights: Iterable[int]) -> None:
        """Append blocks at the end."""
        for height in heights:
            self._heights.append(height)
            node = len(self._heights)
            low = node & -node
            # The new node covers (node - low, node]; all but the last of it is known already.
            self._tree.append(self.offset(node - 1) - self.offset(node - low) + height)

    def change(self, index: int, height: int) -> int:
        """Set one height; returns by how much it grew."""
        grown = height - self._heights[index]
        if grown:
            self._heights[index] = height
            node = index + 1
            while node < len(self._tree):
                self._tree[node] += grown
                node += node & -node
        return grown

    def offset(self, index: int) -> int:
        """Where block `index` begins: the sum of all heights before it."""
        total, node = 0, index
        while node > 0:
            total += self._tree[node]
            node -= node & -node
        return total

    @property
    def total(self) -> int:
        """The height of everything."""
        return self.offset(len(self._heights))

    def at(self, y: int) -> int:
        """The block that holds pixel `y`; the first or last one if `y` is outside."""
        if not self._heights:
            return 0
        node, left = 0, max(0, y)
        step = 1 << (len(self._heights).bit_length() - 1)
        while step:
            following = node + step
            if following < len(self._tree) and self._tree[following] <= left:
                node = following
                left -= self._tree[following]
            step >>= 1
        return min(node, len(self._heights) - 1)
