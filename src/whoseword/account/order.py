"""The order of events as people tell it: a partial order of anchors.

``{"before": "arrival"}`` puts what is told before whatever was at arrival; an anchor may be a
matter string. Two events may have no told order, and "order not known" is an answer. Events told
each before the other are a conflict. One matter told both before and after one anchor is not: it
may have been so at both times (contract, section 2, "Time").
"""

from collections.abc import Mapping

from whoseword.account.positions import Takes
from whoseword.words import Matter, parse_matter

Node = Matter | str


def _earlier_than(takes: Takes) -> dict[Node, set[Node]]:
    """Each event and what is told to come after it; events at one anchor are one event."""
    same: dict[Node, Node] = {}

    def one(node: Node) -> Node:
        while node in same:
            node = same[node]
        return node

    strict: list[tuple[Node, Node]] = []
    for matter, its in takes.items():
        for take in its:
            happened = take.happened
            if (
                take.replaced_by
                or not take.affirms
                or happened is None
                or isinstance(happened, str)
            ):
                continue
            if happened.anchor is None:
                continue
            relation, text = happened.anchor
            anchor: Node = parse_matter(text) or text.casefold().strip()
            if relation == "at" and one(matter) != one(anchor):
                same[one(matter)] = one(anchor)
            elif relation == "before":
                strict.append((matter, anchor))
            elif relation == "after":
                strict.append((anchor, matter))
    later: dict[Node, set[Node]] = {}
    for first, second in strict:
        later.setdefault(one(first), set()).add(one(second))
    return later


def order_cycles(takes: Takes) -> dict[Matter, set[Matter]]:
    """The matters that are told before each other, each with the others of its cycle."""
    later = _earlier_than(takes)
    reach = {node: _reached(node, later) for node in later}
    circular = {
        node: {other for other in reached if node in reach.get(other, ())}
        for node, reached in reach.items()
        if node in reached
    }
    found: dict[Matter, set[Matter]] = {}
    for node, others in circular.items():
        peers = {other for other in others if isinstance(other, Matter)} - {node}
        if isinstance(node, Matter) and peers:
            found[node] = peers
    return found


def _reached(start: Node, later: Mapping[Node, set[Node]]) -> set[Node]:
    seen: set[Node] = set()
    waiting = list(later.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(later.get(node, ()))
    return seen
