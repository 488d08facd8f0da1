"""Where a story says more than the sources that it quotes."""

import pytest

from telling import CHIEF, PAPER, TENANT, account_of, told

DAILY = {"name": "Ames Daily", "kind": "narrator"}


def quoted(kind="armed", on="story", **parts):
    return told(kind, on=on, **({"who": "woman", "by": CHIEF} | parts))


def story(kind="armed", on="story", **parts):
    return told(kind, on=on, **({"who": "woman", "by": PAPER} | parts))


def narration(*statements):
    return account_of(*statements).narration


def test_a_story_surer_than_its_source_is_listed():
    source, text = quoted(hedge="possible"), story()
    [row] = narration(source, text)
    assert (row.matter, row.narrator) == ("armed(who=woman)", "Harrow Courier")
    assert row.says == "yes"
    assert row.sources_say == "police chief: possibly yes"
    assert row.statements == (source.id, text.id)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ({"hedge": "possible"}, {}),
        ({"hedge": "reported"}, {}),
        ({"stance": "cannot_say"}, {}),
        ({"stance": "cannot_say"}, {"hedge": "possible"}),
        ({"stance": "no_reply"}, {}),
        ({"stance": "believes"}, {}),
        ({"stance": "expects"}, {}),
        ({"stance": "denies"}, {}),
        ({}, {"stance": "denies"}),
        ({}, {"weapon": "knife"}),
        ({"weapon": "bottle"}, {"weapon": "knife"}),
        ({"weapon": "bottle"}, {"weapon": ["bottle", "knife"]}),
        ({}, {"happened": "2031-03-06"}),
        ({"happened": "2031-03"}, {"happened": "2031-03-06"}),
        ({"happened": {"before": "arrival"}}, {"happened": {"at": "arrival"}}),
        ({"stance": "denies", "hedge": "possible"}, {"stance": "denies"}),
        ({"stance": "denies", "weapon": "knife"}, {"stance": "denies"}),
    ],
)
def test_more_than_the_source_says(source, text):
    assert len(narration(quoted(**source), story(**text))) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ({}, {}),
        ({}, {"hedge": "possible"}),
        ({}, {"hedge": "reported"}),
        ({"hedge": "possible"}, {"hedge": "possible"}),
        ({"hedge": "possible"}, {"hedge": "reported"}),
        ({"weapon": "knife"}, {}),
        ({"weapon": "knife"}, {"weapon": "Knife"}),
        ({"weapon": ["bottle", "knife"]}, {"weapon": "knife"}),
        ({"happened": "2031-03-06"}, {}),
        ({"happened": "2031-03-06"}, {"happened": "2031-03"}),
        ({"happened": {"at": "arrival"}}, {"happened": {"at": "arrival"}}),
        ({"stance": "denies"}, {"stance": "denies"}),
        ({"stance": "denies"}, {"stance": "denies", "weapon": "knife"}),
        ({"stance": "does"}, {}),
        ({}, {"stance": "cannot_say"}),
        ({}, {"stance": "believes"}),
    ],
)
def test_no_more_than_the_source_says(source, text):
    assert narration(quoted(**source), story(**text)) == ()


def test_sources_bear_a_story_out_together():
    one, other = quoted(weapon="knife"), quoted(by=TENANT, weapon="bottle")
    assert narration(one, other, story(weapon=["knife", "bottle"])) == ()
    assert len(narration(one, other, story(weapon=["knife", "rifle"]))) == 1


def test_one_source_that_bears_it_out_is_enough():
    assert narration(quoted(stance="cannot_say"), quoted(by=TENANT), story()) == ()


def test_a_story_that_quotes_nobody_on_it_is_a_voice_and_not_listed():
    assert narration(story()) == ()
    assert narration(quoted(kind="injured", stance="cannot_say"), story()) == ()


def test_another_document_is_not_what_it_quotes():
    assert narration(quoted(on="release", hedge="possible"), story()) == ()
    assert narration(quoted(on="release"), quoted(hedge="possible"), story()) != ()


def test_two_stories_are_told_apart():
    rows = narration(
        quoted(hedge="possible"),
        story(),
        story(by=DAILY, on="other story"),
        quoted(on="other story", hedge="possible"),
    )
    assert [row.narrator for row in rows] == ["Ames Daily", "Harrow Courier"]


def test_a_story_that_makes_an_arrest_of_handcuffs_is_listed_with_what_was_said():
    [row] = narration(quoted("handcuffed", by=TENANT), story("arrested"))
    assert row.matter == "arrested(who=woman)"
    assert row.sources_say == "tenant across the hall: yes, on handcuffed(who=woman)"


def test_a_story_that_makes_no_arrest_into_nobody_held_is_listed():
    [row] = narration(quoted("arrested", stance="denies"), story("detained", stance="denies"))
    assert row.sources_say == "police chief: no, on arrested(who=woman)"


def test_a_denial_of_anyone_bears_out_a_denial_of_one():
    nobody = quoted("arrested", who="anyone", stance="denies")
    assert narration(nobody, story("arrested", stance="denies")) == ()
    [row] = narration(nobody, story("arrested"))
    assert row.sources_say == "police chief: no, on arrested(who=anyone)"


def test_what_a_story_quoted_stays_what_it_quoted_when_the_source_takes_it_back():
    source = quoted(hedge="possible")
    back = quoted(on="letter", stance="cannot_say", replaces=source.id)
    assert len(narration(source, story(), back)) == 1
    faithful = quoted()
    back = quoted(on="letter", stance="cannot_say", replaces=faithful.id)
    assert narration(faithful, story(), back) == ()


def test_a_story_that_corrected_itself_is_not_listed():
    text = story()
    corrected = story(hedge="possible", replaces=text.id)
    assert narration(quoted(hedge="possible"), text, corrected) == ()
