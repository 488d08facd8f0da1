"""The walk through a sentence: each clause in its frame, from the outermost voice inwards.

A cue opens a frame and the walk goes on in what it attributes; any other clause is a proposition
and becomes findings. Coordinated clauses share their subject but not their stance; subordinate
ones are drafted only where they state a kind of fact of their own, and only under a speaker who
affirms.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.attribution import Attribution
from whoseword.intake.reading.beside import read_quotation, read_relatives, read_request
from whoseword.intake.reading.clauses import (
    ASKING,
    asks_for,
    gives_reason,
    is_asserted,
    negates_outside,
    only_tells,
    points_back,
    question_before,
    span_head,
    subject_in_preposition,
    subordinate,
)
from whoseword.intake.reading.coordination import read_beside, read_coordinated
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.cues import cue_of, direct_speech
from whoseword.intake.reading.facts import Clause, Finding, facts_of
from whoseword.intake.reading.facts_after import asked_of_all
from whoseword.intake.reading.facts_harm import hedge_of_noun, nominal
from whoseword.intake.reading.findings import (
    Drafting,
    merged_alternatives,
    other,
    positive_words,
)
from whoseword.intake.reading.frames import (
    Frame,
    firmer,
    fragment_frame,
    hedge_of,
    is_reportedly,
    is_unreal,
    opens_conditionally,
    turned_by,
)
from whoseword.intake.reading.grammar import (
    child,
    content_span,
    is_clause,
    is_nobody,
    subject_of,
)
from whoseword.intake.reading.lexicon import (
    BELIEVING,
    DENYING,
    FINDING,
    RECORDS,
    REPORTING,
    TELLING,
)
from whoseword.intake.reading.negation import (
    denies_in_part,
    is_failing,
    is_limited,
    is_negated,
    is_no_source,
    tells_another,
    waits_until,
)
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.spans import Spans
from whoseword.intake.reading.speakers import can_speak, means_anybody
from whoseword.intake.reading.times import happened_of, time_words
from whoseword.words import Basis, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


_SPEAKING: Final = REPORTING | TELLING | BELIEVING | DENYING


class Walk:
    """One sentence's walk; drafts are added to `drafting` as they are found.

    `asides` are quotations that another clause stands for, `spoken` in which frames they stand.
    """

    def __init__(
        self, drafting: Drafting, parsed: Parsed, own: Frame, asides: Sequence[Span] = ()
    ) -> None:
        self.asides = asides
        self.spoken: dict[Span, Frame] = {}
        self.drafting = drafting
        self.discourse = drafting.discourse
        self.parsed = parsed
        self.own = own
        self.found = 0
        self.attribution = Attribution(drafting, parsed, own)
        self.spans = Spans(parsed, drafting.document.text)

    def sentence(self) -> int:
        """Read the whole sentence; the number of findings."""
        root = next((one for one in self.parsed.doc if one.head == one), None)
        if root is None:
            return 0
        frame = self.attribution.according(self.own)
        direct = direct_speech(self.parsed.doc)
        if direct is not None and read_quotation(self, *direct, frame):
            return self.found
        if is_clause(root):
            self.clause(root, frame)
            return self.found
        inner = next(
            (one for one in root.children if is_clause(one) and one.dep_ != "compound"), None
        )
        if inner is None:
            return self.found
        if negates_outside(inner):
            # The negation hangs where the clause does not see it: nothing but the whole is safe.
            span = self.spans.trimmed(0, len(self.parsed.doc) - 1)
            if span is not None:
                self.add(other(self.spans.text(span)), frame, span)
            return self.found
        self.clause(inner, frame, root)
        return self.found

    def whole(self, frame: Frame, *, stamped: bool) -> None:
        """A log's entry that no rule reads still says something: it is kept in its own words."""
        span = self.spans.trimmed(0, len(self.parsed.doc) - 1) if stamped else None
        if span is None:
            return
        self.add(other(self.spans.text(span)), fragment_frame(self.parsed.doc, frame), span)

    def clause(
        self, verb: "Token", frame: Frame, subject: "Token | None" = None, *, specific: bool = False
    ) -> bool:
        """Read one clause; whether anything was drafted from it.

        `subject` is the one that it shares; with `specific` only kinds other than `other` count.
        """
        own_subject = subject_of(verb)
        if own_subject is None and verb.tag_ == "VBD" and verb.dep_ == "advcl":
            own_subject = subject_in_preposition(verb)
        subject = own_subject if own_subject is not None else subject
        is_record = subject is not None and subject.lemma_.lower() in RECORDS
        # Inside what is denied, believed or left open nobody else is made to speak.
        affirmed = frame.stance is Stance.AFFIRMS and not frame.denies
        if affirmed and read_request(self, verb, frame, subject):
            return True
        cue = cue_of(verb, speaker_is_record=is_record) if affirmed else None
        if cue is None and only_tells(verb, subject):
            self.attribution.frame_of(subject, Cue((verb,), ()), frame)
            return False
        if cue is not None and self._attributes(cue, verb, subject):
            return self.attribute(verb, cue, frame, subject)
        return self._proposition(verb, frame, subject, specific=specific)

    # --- cues ----------------------------------------------------------------------------------

    def _attributes(self, cue: Cue, verb: "Token", subject: "Token | None") -> bool:
        """Whether the subject can be a source here; what "arrests" say is nobody's word."""
        if not cue.new_speaker or cue.speakers:
            return True
        asked = cue.is_non_answer and self.discourse.addressed is not None
        nobodys = subject is not None and (
            is_no_source(subject) or (means_anybody(subject) and not asked)
        )
        nothing_came = cue.stance is Stance.NO_REPLY and not is_nobody(subject or verb)
        if cue.is_non_answer and (nothing_came or not nobodys):
            return subject is not None or verb.dep_ != "ROOT"
        if nobodys:
            return False
        if subject is None:
            return verb.dep_ in ("advcl", "xcomp", "conj", "ccomp") or self.own.entity.kind is None
        says = verb.lemma_.lower() in _SPEAKING and subject.head == verb
        return (
            can_speak(subject) or verb.dep_ == "conj" or (says and bool(cue.contents or cue.quoted))
        )

    def attribute(self, verb: "Token", cue: Cue, frame: Frame, subject: "Token | None") -> bool:
        """Read what a cue attributes, and what is joined to its verb; whether anything was found."""
        before, inner = self.found, frame
        if verb.lemma_.lower() in FINDING and cue.basis is Basis.CONCLUDED:
            cue = self.attribution.found_or_concluded(cue, frame, subject)
        words = self.parsed.span_of(cue.words)
        for word in cue.speakers or (self.attribution.source(cue, verb, subject),):
            inner = self.attribution.frame_of(word, cue, frame) if cue.new_speaker else frame
            if inner.entity.name != frame.entity.name and is_reportedly(verb):
                inner = inner.through_a_report()
            # "I think", within what somebody said: by "said" it is their word, and a belief by it.
            said = (
                not frame.own and inner.entity.name == frame.entity.name and not cue.is_non_answer
            )
            words = frame.cue if said and frame.cue is not None else words
            inner = replace(
                inner.under(cue, words),
                hedge=firmer(firmer(inner.hedge, cue.hedge), hedge_of(verb, cue.is_non_answer)),
                said=(inner.said if inner.entity == frame.entity and not frame.own else None)
                or (time_words(verb) if cue.new_speaker else None)
                or inner.said,
            )
            self.contents(verb, cue, inner, subject)
        for one in verb.children:
            if one in cue.contents:
                continue
            if one.dep_ == "conj" and is_clause(one) and one not in cue.words:
                # "A was so, he said, and B was not": what goes on after him is still his.
                goes_on = child(one, "nsubj", "nsubjpass", "expl") is not None and (
                    bool(cue.contents) and cue.contents[0].i < verb.i and inner.cue is not None
                )
                quotes = any(part.text == '"' for part in verb.doc)
                goes_on = goes_on and (quotes or all(cc.lower_ != "but" for cc in verb.children))
                self.clause(one, inner if goes_on else frame, None if goes_on else subject)
            elif one.dep_ == "advcl" and is_asserted(one) and one.lemma_.lower() not in ASKING:
                # A reason given after what is said is the speaker's; a circumstance is not.
                self.clause(one, inner if gives_reason(one) else frame, subject, specific=True)
        read_relatives(self, verb, frame, cue.contents)
        return self.found > before

    def contents(
        self, verb: "Token", cue: Cue, frame: Frame, subject: "Token | None" = None
    ) -> None:
        """Read what a cue attributes, in the frame that it opens."""
        asked = question_before(verb)
        if cue.quoted is not None:
            span = self.spans.trimmed(*cue.quoted)
            if span is not None:
                told = fragment_frame(self.parsed.doc[cue.quoted[0] :], frame)
                self.add(other(self.spans.text(span)), told, span)
            return
        if not cue.contents and not cue.is_non_answer:
            return
        if cue.is_non_answer and (not cue.contents or points_back(cue.contents[0])):
            self._unworded(verb, cue, frame, asked)
            return
        for head in cue.contents:
            if is_clause(head):
                shared = (
                    subject if head.dep_ == "xcomp" and verb.lemma_.lower() not in TELLING else None
                )
                self.clause(head, frame, shared)
            else:
                self._nominal(head, frame, verb)

    def _unworded(self, verb: "Token", cue: Cue, frame: Frame, asked: "Token | None") -> None:
        """A non-answer that points at its matter: to the question asked, or to what was told."""
        if asked is not None:
            if is_clause(asked):
                self.clause(asked, frame)
            else:
                self._nominal(asked, frame, verb)
            return
        pointer = cue.contents[0] if cue.contents else None
        if pointer is not None and pointer.pos_ == "PRON":
            pointer = None
        head = pointer if pointer is not None else verb
        apart = ("nsubj", "advcl", "conj", "prep", "expl")
        without = [one for one in verb.children if one.dep_ in apart]
        if pointer is not None:
            without = []
        elif tail := [one for one in without if one.dep_ == "prep" and one.lower_ == "to"]:
            without = [one for one in without if one not in tail]
        span = content_span(self.parsed, head, without) or self.parsed.span_of(cue.words)
        if span is None:
            return
        matter = self.drafting.last_matter() if pointer is not None else None
        self.add(matter or other(self.spans.text(span)), frame, span)

    # --- propositions --------------------------------------------------------------------------

    def _proposition(
        self, verb: "Token", frame: Frame, subject: "Token | None", *, specific: bool
    ) -> bool:
        negated = is_negated(verb) != is_failing(verb)
        another = negated and tells_another(verb)
        waited, negated = negated and (another or waits_until(verb)), negated and not another
        clause = Clause(verb, subject, negated or frame.denies, self.discourse, frame.entity)
        orders = asks_for(verb) and frame.stance is Stance.AFFIRMS and not frame.denies
        findings = asked_of_all(clause) if orders else facts_of(clause)
        # What denies a negative, or believes one, has no positive fact to stand on; and what should
        # have been done, or would have been, was not.
        twice = negated and (frame.denies or frame.stance is Stance.BELIEVES)
        unreal = is_unreal(verb) or (opens_conditionally(verb) and not frame.is_non_answer)
        findings = [] if twice or unreal or waited or is_limited(subject) else findings
        if negated and denies_in_part(verb, subject):
            # "Not seriously hurt" does not deny that he was hurt.
            findings = [one for one in findings if one.stance is not None]
        before = self.found
        taken = self._parts(verb, frame, subject, specific=specific)
        if frame.is_non_answer:
            for one in verb.children:
                if one.dep_ == "conj" and is_clause(one) and one not in taken:
                    doer = subject_of(one) or subject
                    more = Clause(one, doer, is_negated(one), self.discourse, frame.entity)
                    findings = findings + facts_of(more)
            findings = merged_alternatives(findings)
        shares = verb.lemma_.lower() == "shoot" and any(one.lemma_ == "kill" for one in taken)
        if not findings and (specific or shares):
            return self.found > before
        head = span_head(verb, subject)
        span = content_span(
            self.parsed, head, [*taken, *self.spans.strayed(head)], keep_mark=frame.is_non_answer
        )
        span = self.spans.with_stray_conjunct(verb, span)
        if span is None:
            return self.found > before
        turned = turned_by(verb, frame, negated=negated)
        happened = happened_of(verb)
        for finding in findings:
            told = replace(finding, happened=finding.happened or happened)
            self.add(told, turned, span)
        if not findings:
            self._other(verb, turned, span, whole=not taken)
        return True

    def _parts(
        self,
        verb: "Token",
        frame: Frame,
        subject: "Token | None",
        *,
        specific: bool,
    ) -> list["Token"]:
        """Read what hangs on a clause; the parts that were drafted on their own."""
        taken: list[Token] = []
        affirmed = frame.stance is Stance.AFFIRMS and not frame.denies
        for one in verb.children:
            if one.lower_ == "according" or (one.dep_ == "parataxis" and is_clause(one)):
                taken.append(one)
            elif one.dep_ == "conj" and is_clause(one):
                # What has a subject of its own is said by itself, of whatever kind it is.
                if read_coordinated(self, one, verb, frame, subject, only=specific):
                    taken.append(one)
            elif affirmed:
                for inner, doer in subordinate(one, subject):
                    if read_beside(self, inner, frame):
                        taken.append(inner)
                        continue
                    only = specific or not gives_reason(inner)
                    if self.clause(inner, frame, doer, specific=only):
                        taken.append(one if doer is subject else inner)
        if affirmed:
            taken += read_relatives(self, verb, frame, ())
        return taken

    def _other(self, verb: "Token", frame: Frame, span: Span, *, whole: bool) -> None:
        if whole:
            span = self.spans.whole_quotation(span, frame.cue)
        text = self.spans.text(span)
        if frame.stance is Stance.DENIES and not frame.denies:
            text = positive_words(self.parsed, self.drafting.document.text, span, verb)
        self.add(other(text), frame, span)

    def _nominal(self, noun: "Token", frame: Frame, verb: "Token") -> None:
        """What is said is a noun: "reported a possible assault", "heard gunfire"."""
        negated = any(one.dep_ == "det" and one.lower_ == "no" for one in noun.children)
        clause = Clause(verb, None, negated or frame.denies, self.discourse, frame.entity)
        span = self.spans.object_span(noun, verb)
        if span is None:
            return
        if negated != frame.denies and frame.stance is Stance.AFFIRMS:
            # "Denied suicidal thoughts", "saw no gun"; "denied that there was no gun" left apart.
            frame = replace(frame, stance=Stance.DENIES)
        findings = nominal(noun, clause) or [other(self.spans.text(span), hedge_of_noun(noun))]
        for finding in findings:
            told = replace(finding, hedge=firmer(frame.hedge, finding.hedge))
            self.add(told, frame, span)

    def add(self, finding: Finding, frame: Frame, span: Span) -> None:
        """Draft a finding; of a quotation that was set aside, keep only in whose mouth it stands."""
        for one in self.asides:
            if span[0] < one[1] and one[0] < span[1]:
                self.spoken.setdefault(one, frame)
                self.found += 1
                return
        self.drafting.add(finding, frame, self.parsed, span)
        self.found += 1
