"""Rules for what agencies do: calls, visits, inquiries, requests, notices, what they withhold."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import Referent
from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.grammar import after, child, is_nobody, members
from whoseword.intake.reading.lexicon import COUNTS, PERSONS, WITHHOLDING
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_INQUIRY: Final = frozenset({"investigation", "inquiry", "probe", "case"})
_BEFORE: Final = frozenset({"before", "previously", "earlier", "already"})
_EMERGENCY: Final = frozenset({"911", "help", "police"})
_TRYING: Final = frozenset({"knock", "call", "ring", "phone", "visit"})
_UNANSWERED: Final = frozenset({"answer", "response", "reply"})


def called(clause: Clause) -> list[Finding]:
    """A call for help, or calls before this one; "called the deaths …" is neither."""
    verb = clause.verb
    earlier = _times_before(clause)
    whom = clause.undergoer
    place = after(verb, "to", "at")
    police = whom is not None and clause.whom(whom).name is not None and _is_police(clause, whom)
    if earlier is not None and (police or whom is None or whom.lower_ == "we"):
        there = any(one.lower_ == "there" for one in verb.children)
        if place is not None or there:
            return found(clause, "prior_calls", place=place_name(place), count=earlier or None)
    if whom is not None and whom.text == "911":
        caller = clause.whom(clause.subject)
        return found(clause, "called", call="911-call", caller=caller, to="911")
    if not clause.passive and after(verb, "for") is not None and clause.subject is not None:
        return found(clause, "called", call=None, caller=clause.whom(clause.subject))
    if police and (clause.passive or clause.lemma in ("call", "summon", "alert")):
        by = clause.whom(clause.doer) if clause.doer is not None else None
        call = _call_word(verb)
        about = after(call, "about", "of") if call is not None else None
        return found(
            clause,
            "called",
            call="911-call" if call is not None and _is_emergency(call) else None,
            caller=by,
            about=phrase(about) if about is not None else None,
            to=clause.whom(whom),
        )
    return []


def classified(clause: Clause) -> list[Finding]:
    """A call was given a type and a priority."""
    call = clause.undergoer
    sort = after(clause.verb, "as")
    if call is None or sort is None or call.lemma_.lower() not in ("call", "incident"):
        return []
    priority = next(
        (
            one
            for one in clause.verb.subtree
            if one.lower_ == "priority" and one.i + 1 < len(one.doc)
        ),
        None,
    )
    level = priority.nbor(1).text if priority is not None else None
    return found(
        clause,
        "classified",
        call="call",
        type=phrase(sort),
        priority=level if level and level.isdigit() else None,
    )


def visited(clause: Clause) -> list[Finding]:
    """An agency's people went to a place; a person's visit is nothing of an agency's."""
    place = clause.undergoer if clause.lemma == "visit" else after(clause.verb, "to")
    agency = agency_behind(clause, clause.subject)
    if agency is None or clause.passive:
        return []
    if place is None and clause.lemma != "visit":
        return []
    return found(clause, "visited", agency=agency, place=place_name(place))


def agency_behind(clause: Clause, word: "Token | None") -> str | None:
    """The agency that a subject is, or whose people it are ("its personnel", "a … worker")."""
    if word is None:
        return None
    owner = child(word, "poss")
    if word.lemma_.lower() in ("personnel", "staff", "worker", "caseworker", "investigator"):
        if owner is not None and owner.lower_ in ("its", "their", "our"):
            return clause.speaker.party if clause.speaker and clause.speaker.party else None
        if owner is not None:
            return clause.whom(owner).name
        if word.lemma_.lower() in ("worker", "caseworker"):
            return clause.whom(word).name
    entity = clause.entity(word)
    return entity.name if entity is not None and entity.is_agency else None


def got_no_answer(clause: Clause) -> list[Finding]:
    """A visit or call that nobody answered: the kind itself holds the negative."""
    thing = clause.undergoer
    if thing is None or thing.lemma_.lower() not in _UNANSWERED or not clause.negated:
        return asked_by_others(clause)
    agency = agency_behind(clause, clause.subject)
    if agency is None:
        return []
    place = _place_nearby(clause.verb)
    made = found(clause, "contact", agency=agency, place=place, outcome="no_answer")
    return [Finding(one.kind, one.slots, one.candidates, stance=Stance.AFFIRMS) for one in made]


def nobody_answered(clause: Clause) -> list[Finding]:
    """ "Nobody answered the door": the agency that knocked, lately told to have come, got no answer."""
    thing = clause.undergoer
    knocked = clause.verb.dep_ == "conj" and clause.verb.head.lemma_.lower() in _TRYING
    at_the_door = (
        thing.lemma_.lower() in ("door", "knock", "bell") if thing is not None else knocked
    )
    if clause.subject is None or not is_nobody(clause.subject) or not at_the_door:
        return []
    made = found(clause, "contact", agency=None, place=None, outcome="no_answer")
    return [Finding(one.kind, one.slots, one.candidates, stance=Stance.AFFIRMS) for one in made]


def asked_by_others(clause: Clause) -> list[Finding]:
    """ "We received a request from A for B"."""
    thing = clause.undergoer
    if thing is None or thing.lemma_.lower() not in ("request", "inquiry"):
        return []
    by, about = after(thing, "from"), after(thing, "for", "about")
    return found(
        clause,
        "requested",
        by=clause.whom(by) if by is not None else None,
        of=clause.whom(clause.subject),
        about=phrase(about) if about is not None else None,
    )


def investigates(clause: Clause) -> list[Finding]:
    """An agency investigates, or leads or manages the investigation."""
    if clause.passive:
        return []
    thing = clause.undergoer
    if clause.lemma != "investigate" and (thing is None or thing.lemma_.lower() not in _INQUIRY):
        return []
    entity = clause.entity(clause.subject)
    agency = entity.name if entity is not None and entity.is_agency else None
    if agency is None:
        return []
    matter = phrase(thing) if thing is not None and clause.lemma == "investigate" else None
    return found(clause, "investigates", agency=agency, matter=matter)


def met(clause: Clause) -> list[Finding]:
    """An agency's people met with somebody."""
    whom = after(clause.verb, "with") or clause.undergoer
    agency = agency_behind(clause, clause.subject)
    if agency is None and clause.subject is not None and clause.subject.lower_ in ("i", "we"):
        agency = clause.speaker.party if clause.speaker is not None else None
    if whom is None or agency is None:
        return []
    return found(clause, "met", agency=agency, whom=clause.each(whom))


def notified(clause: Clause) -> list[Finding]:
    """An agency or a family was notified."""
    whom = clause.undergoer
    if whom is None:
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "notified", agency=clause.each(whom), by=by)


def interviewed(clause: Clause) -> list[Finding]:
    """Somebody was interviewed."""
    if clause.undergoer is None:
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "interviewed", who=clause.each(clause.undergoer), by=by)


def requested(clause: Clause) -> list[Finding]:
    """One asked another to do something."""
    of, by = clause.undergoer, clause.doer
    if of is None or by is None:
        return []
    aim = child(clause.verb, "xcomp", "ccomp", "advcl")
    if clause.lemma == "request" and not clause.is_somebody(of):
        return found(clause, "requested", by=clause.whom(by), of=None, about=phrase(of))
    of_ref = clause.whom(of)
    if clause.entity(of) is None or (aim is None and clause.lemma == "ask"):
        return []
    by_ref = clause.whom(by)
    about = " ".join(one.text for one in aim.subtree if one.dep_ != "aux") if aim else None
    found_of: list[Referent] = clause.each(of) if of_ref.name else [of_ref]
    return found(clause, "requested", by=by_ref, of=found_of, about=about or None)


def withheld(clause: Clause) -> list[Finding]:
    """Something is withheld: said so outright, or told as not having been released."""
    items = clause.undergoer
    if items is None or _is_person_word(items):
        return []
    if clause.lemma != "withhold" and not (clause.negated and clause.lemma in WITHHOLDING):
        return []
    if clause.lemma != "withhold" and not clause.passive:
        return []
    law = after(clause.verb, "under")
    by = clause.whom(clause.doer) if clause.doer is not None else None
    made = found(
        clause,
        "withheld",
        item=_items(items),
        by=by,
        authority=_whole(law) if law is not None else None,
    )
    return [Finding(one.kind, one.slots, one.candidates, stance=Stance.AFFIRMS) for one in made]


def published(clause: Clause) -> list[Finding]:
    """Something was released or published."""
    item = clause.undergoer
    if clause.negated:
        return withheld(clause)
    if item is None or clause.doer is None or _is_person_word(item):
        return []
    entity = clause.entity(clause.doer)
    if entity is None or not entity.is_agency:
        return []
    return found(clause, "published", item=phrase(item), by=entity.name)


def _items(noun: "Token") -> list[str]:
    """ "the identities and ages of the deceased": each with what it is of."""
    heads = members(noun)
    tail = ""
    for prep in (one for head in heads for one in head.children if one.dep_ == "prep"):
        of = child(prep, "pobj")
        if of is not None and prep.lower_ in ("of", "about"):
            tail = f" {prep.lower_} {_whole(of)}"
    return [f"{phrase(head)}{tail}" for head in heads]


def phrase(noun: "Token | None") -> str | None:
    """A noun with the words before it, without its article, in lower case where it may be."""
    if noun is None:
        return None
    words = [one for one in noun.lefts if one.dep_ in ("amod", "compound", "nummod", "poss")]
    inner = [word for one in words for word in one.subtree if word.dep_ != "det"]
    told = [one.text if one.pos_ == "PROPN" else one.lower_ for one in [*inner, noun]]
    return " ".join(told).replace(" '", "'")


def _whole(noun: "Token") -> str:
    words = list(noun.subtree)
    while words and (words[0].dep_ == "det" or words[0].is_punct):
        words.pop(0)
    return noun.doc[words[0].i : words[-1].i + 1].text if words else noun.text


def _times_before(clause: Clause) -> str | None:
    """Whether it was before this time, and how often, "" where that is not told; else None."""
    words = {one.lower_ for one in clause.verb.children}
    negated_first = clause.verb.dep_ == "relcl" and clause.verb.head.lower_ == "time"
    if not words & _BEFORE and not negated_first:
        return None
    for one in clause.verb.subtree:
        if one.head != clause.verb and one.head.head != clause.verb:
            continue
        if one.lower_ in COUNTS and one.dep_ in ("advmod", "npadvmod"):
            return COUNTS[one.lower_]
        if one.lower_ == "times":
            number = child(one, "nummod")
            return COUNTS.get(number.lower_, number.text) if number is not None else ""
    return ""


def _is_police(clause: Clause, word: "Token") -> bool:
    entity = clause.entity(word)
    return entity is not None and (entity.is_agency or entity.head in ("officers", "deputies"))


def _call_word(verb: "Token") -> "Token | None":
    """The call that "after a 911 call …" names."""
    for one in verb.subtree:
        if one.lemma_.lower() in ("call", "caller") and one.pos_ == "NOUN" and one != verb:
            return one
    return None


def _is_emergency(call: "Token") -> bool:
    return any(one.lower_ in ("911", "emergency") for one in call.lefts)


def _place_nearby(verb: "Token") -> str | None:
    """The place of the verb that this one is coordinated with ("visited the flat but got …")."""
    first = verb.head if verb.dep_ == "conj" else verb
    where = child(first, "dobj") if first.lemma_.lower() == "visit" else after(first, "to", "at")
    return place_name(where)


def _is_person_word(noun: "Token") -> bool:
    return noun.lemma_.lower() in PERSONS or noun.ent_type_ == "PERSON" or noun.pos_ == "PRON"


RULES: dict[str, Rule] = {
    **dict.fromkeys(("call", "summon", "alert", "phone"), called),
    **dict.fromkeys(("classify", "code"), classified),
    **dict.fromkeys(("visit", "come", "go"), visited),
    **dict.fromkeys(("get", "receive"), got_no_answer),
    "answer": nobody_answered,
    "dial": called,
    **dict.fromkeys(
        ("investigate", "lead", "handle", "oversee", "conduct", "manage"), investigates
    ),
    "meet": met,
    **dict.fromkeys(("notify",), notified),
    "interview": interviewed,
    **dict.fromkeys(("ask", "request"), requested),
    **dict.fromkeys(("withhold", "share", "provide", "name", "identify", "announce"), withheld),
    **dict.fromkeys(("release", "publish", "disclose"), published),
}
