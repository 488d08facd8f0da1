"""The tree is RFC 6962's, as somebody else's implementation has it."""

from pymerkle import InmemoryTree

from whoseword.books.tree import EMPTY_ROOT, Tree


def test_the_root_is_pymerkles_at_every_size() -> None:
    ours, theirs = Tree(), InmemoryTree(algorithm="sha256")
    assert ours.root == EMPTY_ROOT
    for size in range(1, 130):
        leaf = f"entry {size}".encode() * size
        ours.append(leaf)
        theirs.append_entry(leaf)
        assert ours.size == size
        assert ours.root == theirs.get_root()
