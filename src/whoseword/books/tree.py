"""The Merkle tree of a book (RFC 6962, section 2.1), grown leaf by leaf.

Size and root together say which entries a book had and in which order; an earlier size and root
can be shown to be a prefix of a later one (``books.proofs``). The leaves are the bytes of the
entries.
"""

from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf. Its domain, one byte, differs from a node's: neither passes for both."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees, from their hashes."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that only grows. It keeps the roots of its whole subtrees, about log2(size) hashes."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the next leaf."""
        node = leaf_hash(leaf)
        # A subtree is whole as often as the size so far ends in binary ones.
        below = self.size
        while below & 1:
            node = node_hash(self._peaks.pop(), node)
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
            node = node_hash(peak, node)
        return node
