"""What is withheld, by whom, and on what ground."""

import pytest

from telling import PAPER, TENANT, account_of, told


def withheld(item="body camera video", **parts):
    slots = {"item": item, "by": "harrow-police"} | parts.pop("ground", {})
    return told("withheld", slots=slots, **parts)


def rows(*statements):
    return [
        (one.what, one.by, one.reason, one.authority, one.review, one.statement)
        for one in account_of(*statements).withheld
    ]


def test_what_is_withheld_is_told_with_its_ground():
    ground = {"reason": "open inquiry", "authority": "records law, 610.100", "review": "2031-05-01"}
    one = withheld(ground=ground)
    assert rows(one) == [
        ("body camera video", "harrow-police", "open inquiry", "records law, 610.100",
         "2031-05-01", one.id),
    ]  # fmt: skip


def test_a_ground_that_was_not_given_is_null():
    [row] = rows(withheld(stance="does"))
    assert row[2:5] == (None, None, None)


@pytest.mark.parametrize(
    "parts",
    [
        {"stance": "denies"},
        {"stance": "expects"},
        {"stance": "believes"},
        {"stance": "cannot_say"},
        {"hedge": "possible"},
        {"hedge": "reported"},
    ],
)
def test_only_a_plain_word_that_it_is_withheld_is_listed(parts):
    assert rows(withheld(**parts)) == []


def test_what_was_released_since_is_not_listed():
    one = withheld()
    assert rows(one, withheld(stance="denies", replaces=one.id)) == []


def test_a_story_does_not_outvote_whom_it_quotes():
    denied = withheld(on="story", by=TENANT, stance="denies")
    assert rows(denied, withheld(on="story", by=PAPER)) == []


def test_they_stand_in_order_and_what_was_not_named_first():
    told_ = [withheld("video"), withheld("audio"), withheld(None)]
    assert [row[0] for row in rows(*told_)] == [None, "audio", "video"]
