"""Whose words stand between quotation marks, and within which other telling they stand."""

import pytest

from whoseword.books.copies import draft_is_within
from whoseword.intake import Draft, keep_document
from whoseword.intake.drafts import decode_draft, encode_draft
from whoseword.intake.reading import read_document


def drafts(text: str) -> tuple[Draft, ...]:
    return read_document(keep_document(text.encode(), "paper.txt"), "pier", "desk/incident").drafts


def told(text: str) -> list[tuple[str, list[str], str]]:
    return [
        (
            one.statement.speaker.name,
            [relay.name for relay in one.statement.via],
            one.statement.source.quote or "",
        )
        for one in drafts(text)
    ]


QUOTED = [
    # A few words go on being said in the next sentence, and not by whoever speaks after that.
    ('"We ran," Ada Brook said. "We were afraid." Ian Moss said: "I saw smoke on the stairs."',
     [("Ada Brook", "We were afraid"), ("Ian Moss", "smoke on the stairs")]),
    # Verbs of which only quotation marks tell that they are of speech.
    ('"Get out of here!" Ian Moss yelled as the tenant came down.',
     [("Ian Moss", "Get out of here")]),
    ('"This is how it begins," concluded Ada Brook.', [("Ada Brook", "This is how it begins")]),
    ('"He set the fire himself," said Ada Brook, a deputy who heads the county fire unit.',
     [("Ada Brook", "He set the fire himself")]),
    ('"There is a lot of pressure on us," a clerk, who was not allowed to speak, told the paper.',
     [("clerk", "There is a lot of pressure on us")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), QUOTED)
def test_a_quotation_is_of_who_is_told_to_say_it(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(name, quote) for name, _, quote in told(text)]
    assert [one for one in wanted if one not in found] == []


def test_who_passes_a_quotation_on_is_its_relay_and_goes_on_speaking() -> None:
    text = 'The tenant says she heard the woman say, "You can not be here." She says he left.'
    assert told(text) == [
        ("woman", ["tenant"], "You can not be here"),
        ("tenant", [], "he left"),
    ]


def test_a_deputy_who_is_told_of_does_not_take_the_word() -> None:
    said = told("Ida Marsh said a deputy told her that he ran. She said the gate was open.")
    assert said[-1] == ("Ida Marsh", [], "the gate was open")


def test_a_draft_tells_by_which_words_it_is_passed_on() -> None:
    text = "Ida Marsh said a deputy told her that the man had run."
    (one,) = drafts(text)
    (outer,) = one.around
    assert outer.cue is not None
    assert outer.speaker_span is not None
    assert (text[slice(*outer.speaker_span)], text[slice(*outer.cue)]) == ("Ida Marsh", "said")
    assert decode_draft(encode_draft(one)) == one


def test_a_draft_tells_the_speakers_own_said_around_what_they_could_not_confirm() -> None:
    text = "Ida Marsh said she could not confirm whether the man had run."
    (one,) = drafts(text)
    assert one.statement.stance.value == "cannot_say"
    assert [text[slice(*outer.cue or (0, 0))] for outer in one.around] == ["said"]


def test_a_draft_that_stands_in_no_other_telling_has_no_such_key() -> None:
    (one,) = drafts("Ida Marsh said the man had run.")
    assert b'"around"' not in encode_draft(one)


def test_a_draft_goes_when_the_name_of_who_passes_it_on_is_sealed() -> None:
    text = "Ida Marsh said a deputy told her that the man had run."
    (one,) = drafts(text)
    assert draft_is_within(encode_draft(one), [(0, len("Ida Marsh"))])
    assert not draft_is_within(encode_draft(one), [(len(text) - 1, len(text))])
