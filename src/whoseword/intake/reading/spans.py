"""Which characters a finding quotes, where the parse tree alone does not tell."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.grammar import content_span, members, noun_head
from whoseword.intake.reading.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


_GOES_ON: Final = frozenset({"as", "for"})
"""What a verb goes on with of its object: "described him as", "criticized her for"."""


class Spans:
    """The spans of one sentence; `words_taken` are words that a finding has already quoted."""

    def __init__(self, parsed: Parsed, text: str) -> None:
        self.parsed = parsed
        self.text_kept = text
        self.words_taken: set[int] = set()

    def text(self, span: Span) -> str:
        """The characters of a span."""
        return self.text_kept[span[0] : span[1]]

    def with_stray_conjunct(self, verb: "Token", span: Span | None) -> Span | None:
        """Take in the "and the N" that a key slot names but the parser hung elsewhere."""
        if span is None:
            return None
        for word in verb.subtree:
            if word.pos_ == "NOUN":
                last = members(word)[-1]
                if last != word and self.parsed.ends[last.i] > span[1] and last not in verb.subtree:
                    edge = last.nbor(1) if last.i + 1 < len(last.doc) else last
                    last = edge if noun_head(edge) == last else last
                    self.words_taken.update(range(word.i + 1, last.i + 1))
                    return span[0], self.parsed.ends[last.i]
        return span

    def strayed(self, head: "Token") -> list["Token"]:
        """Words that another finding has taken in already."""
        return [one for one in head.subtree if one.i in self.words_taken]

    def object_span(self, noun: "Token", verb: "Token") -> Span | None:
        """The noun phrase, with what the verb calls it: "as …", a "champion"."""
        span = content_span(self.parsed, noun, [])
        for one in verb.children:
            adds = one.dep_ == "oprd" or (one.dep_ == "prep" and one.lower_ in _GOES_ON)
            if span is not None and adds and one.i > noun.i:
                tail = content_span(self.parsed, one, [])
                span = (span[0], max(span[1], tail[1])) if tail is not None else span
        if span is not None and sum(map(self.text(span).count, '"“”')) % 2:
            following = self.text_kept[span[1] : span[1] + 1]
            span = (span[0], span[1] + (following in ("”", '"')))
        return span

    def trimmed(self, first: int, last: int) -> Span | None:
        """From word to word, without the punctuation at the end."""
        words = [one for one in self.parsed.doc[first : last + 1] if not one.is_space]
        while words and words[-1].is_punct:
            words.pop()
        return self.parsed.span_of(words)

    def whole_quotation(self, span: Span, cue: Span | None) -> Span:
        """What is quoted and fits no kind is taken whole, unless its cue is quoted with it."""
        starts, ends = self.parsed.starts, self.parsed.ends
        marks = [one.i for one in self.parsed.doc if one.text == '"']
        for first, last in zip(marks[::2], marks[1::2], strict=False):
            if cue is not None and starts[first] < cue[0] < ends[last]:
                continue
            if starts[first] < span[0] and span[1] < ends[last]:
                return self.trimmed(first + 1, last - 1) or span
        return span
