"""Who is said to have kept to what: a clause, or nothing that anybody can look up.

"His conduct conformed to training" names nothing. A policy is a document with clause ids; where a
statement names none, that is told beside it: "to what: not stated".
"""

import re
from collections.abc import Iterable

from whoseword.duties.rule import DutyRule
from whoseword.duties.scene import Scene, words_of
from whoseword.duties.shapes import Conformity
from whoseword.words.names import slug

NOT_STATED = "not stated"
_CLAUSE = re.compile(r"\d")


def conformity_of(scene: Scene, rules: Iterable[DutyRule]) -> tuple[Conformity, ...]:
    """Each word on somebody's conduct that was not replaced, in the order of the statements."""
    clauses = {slug(rule.clause) for rule in rules if rule.clause}
    found = []
    for matter, takes in scene.takes.items():
        for take in takes if matter.kind == "conformed" else ():
            if take.replaced_by is None and not take.general:
                told = ", ".join(sorted(words_of(take.value.get("to"), scene.names))) or None
                named = told is not None and (bool(_CLAUSE.search(told)) or slug(told) in clauses)
                row = Conformity(
                    who=matter.keys[0],
                    says_to=told,
                    to_what=told if named and told else NOT_STATED,
                    speaker=take.statement.speaker.name,
                    stance=take.stance.value,
                    statement=take.id,
                )
                found.append((take.place, row))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], str(pair[1].who))))
