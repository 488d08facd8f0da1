"""The order of events as people tell it: a partial order of anchors.

``{"before": "arrival"}`` puts what is told before whatever was at arrival; an anchor may be a
matter string. Two events may have no told order, and "order not known" is an answer. Events told
each before the other are a conflict. A matter told both before and after one anchor, or at two, is
none: it may have been so at both times (contract, section 2, "Time").
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from whoseword.account.positions import Takes
from whoseword.words import Matter, parse_matter

Node = Matter | str
_Edges = Mapping[Node, Mapping[Node, None]]


class _Told(NamedTuple):
    """A matter told against an anchor."""

    matter: Matter
    relation: str
    anchor: Node


def order_cycles(takes: Takes) -> dict[Matter, set[Matter]]:
    """The matters that are told before each other, each with the others of its circle."""
    anchored: dict[Matter, list[_Told]] = defaultdict(list)
    for matter, its in takes.items():
        for take in its:
            if take.anchor is not None and take.affirms and take.replaced_by is None:
                relation, text = take.anchor
                anchored[matter].append(_Told(matter, relation, parse_matter(text) or text))
    told = [one for its in anchored.values() for one in _told_once(its)]
    events = _events(told)
    members: dict[Node, set[Matter]] = defaultdict(set)
    later: dict[Node, dict[Node, None]] = defaultdict(dict)
    for matter, relation, anchor in told:
        mine, theirs = events.get(matter, matter), events.get(anchor, anchor)
        members[mine].add(matter)
        if isinstance(anchor, Matter):
            members[theirs].add(anchor)
        if relation == "before":
            later[mine][theirs] = None
        elif relation == "after":
            later[theirs][mine] = None
    found: dict[Matter, set[Matter]] = {}
    for circle in _circles(later):
        matters = {matter for node in circle for matter in members[node]}
        if len(matters) > 1:
            found.update({matter: matters - {matter} for matter in matters})
    return found


def _told_once(told: list[_Told]) -> list[_Told]:
    """What is told of a matter against anchors, unless that makes it several events."""
    strict = list(dict.fromkeys(one for one in told if one.relation != "during"))
    recurs = len({one.anchor for one in strict}) < len(strict)
    recurs = recurs or sum(one.relation == "at" for one in strict) > 1
    return [] if recurs else strict


def _events(told: list[_Told]) -> dict[Node, Node]:
    """What is told at one anchor is one event with it: each such matter and its event."""
    at: dict[Node, Node] = {
        one.matter: one.anchor for one in told if one.relation == "at" and one.anchor != one.matter
    }
    found: dict[Node, Node] = {}
    for start in at:
        path: dict[Node, None] = {}
        node: Node = start
        while node in at and node not in path and node not in found:
            path[node] = None
            node = at[node]
        found.update(dict.fromkeys(path, found.get(node, node)))
    return found


def _circles(later: _Edges) -> Iterator[set[Node]]:
    """The events each of which is told before the others of its set (Sharir 1981)."""
    earlier: dict[Node, dict[Node, None]] = defaultdict(dict)
    for node, following in later.items():
        for other in following:
            earlier[other][node] = None
    seen: set[Node] = set()
    finished = [node for root in later for node in _reached(root, later, seen)]
    seen = set()
    for root in reversed(finished):
        circle = set(_reached(root, earlier, seen))
        if len(circle) > 1 or root in later.get(root, {}):
            yield circle


def _reached(root: Node, edges: _Edges, seen: set[Node]) -> list[Node]:
    """What is reached from an event and was not seen before, the furthest first."""
    if root in seen:
        return []
    seen.add(root)
    path = [(root, iter(edges.get(root, {})))]
    finished = []
    while path:
        node, following = path[-1]
        step = next((other for other in following if other not in seen), None)
        if step is None:
            path.pop()
            finished.append(node)
        else:
            seen.add(step)
            path.append((step, iter(edges.get(step, {}))))
    return finished
