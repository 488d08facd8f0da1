"""The Merkle tree of a book (RFC 6962, section 2.1), grown leaf by leaf.

Size and root together say which entries a book had and in which order; an earlier size and root
can be shown to be a prefix of a later one. The leaves are the bytes of the entries.
"""

from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


class Tree:
    """A tree that only grows. It keeps the roots of its whole subtrees, about log2(size) hashes."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the next leaf."""
        node = sha256(b"\x00" + leaf).digest()
        # A subtree is whole as often as the size so far ends in binary ones.
        below = self.size
        while below & 1:
            node = sha256(b"\x01" + self._peaks.pop() + node).digest()
            below >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The tree head over all leaves so far, 32 bytes."""
        if not self._peaks:
            return EMPTY_ROOT
        *left, node = self._peaks
        for peak in reversed(left):
            node = sha256(b"\x01" + peak + node).digest()
        return node
