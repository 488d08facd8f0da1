"""What is told of copies, and what is not: notices, drifts, origins, each among words like them."""

import time

import pytest

from whoseword.intake import keep_document
from whoseword.intake.copies import Change, Family, NoticeKind, Paper, Why, families_of, paper_of
from whoseword.intake.copies.drifts import drifts_between

STORY = (
    "Deputies were called to Bramble Court on Monday after a tenant reported shouting.",
    "A deputy fired two rounds in the hall of the house.",
    "The tenant was taken to Lorne Hospital with a wound of the hand.",
    "The county board will hear the case in the old court house.",
)


def paper(name: str, *sentences: str, head: str = "Lorne Ledger\n\n") -> Paper:
    return paper_of(keep_document((head + " ".join(sentences) + "\n").encode(), name))


def only(*papers: Paper) -> Family:
    (family,) = families_of(papers)
    return family


def changes(there: str, here: str) -> list[Change]:
    found = drifts_between(paper("1.txt", there, head=""), paper("2.txt", here, head=""))
    return [one.change for one in found]


@pytest.mark.parametrize(
    "words",
    [
        "Corrections officers found the man in his cell.",
        "Correction Officer Lane was not hurt.",
        "Corrections to the roof of the jail cost the county a million.",
        "Her son was withdrawn and had stopped eating.",
        "The clinician was withdrawn when the man called out.",
        "The charge was withdrawn on Friday.",
        "The prosecutor withdraws the charge.",
        "The county's dashboard will be updated on Friday.",
        "Updated maps show the road as closed.",
        "Updates on the road are given by the county.",
        "This is a developing country.",
        "Clarification of the water is the plant's work.",
    ],
)
def test_a_word_of_a_notice_in_another_sense_is_no_notice(words: str) -> None:
    assert only(paper("1.txt", words, *STORY), paper("2.txt", *STORY)).corrections == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Correction: The tenant is 41, not 14.", NoticeKind.CORRECTION),
        ("Correction (May 6, 2031): The tenant is 41.", NoticeKind.CORRECTION),
        ("Correction to an earlier story: The tenant is 41.", NoticeKind.CORRECTION),
        ("We reported two wounds; that was wrong.", NoticeKind.CORRECTION),
        ("This report has been corrected.", NoticeKind.CORRECTION),
        ("Retraction: We should not have run this.", NoticeKind.RETRACTION),
        ("The Ledger retracts this story.", NoticeKind.RETRACTION),
        ("An earlier version of this story was withdrawn.", NoticeKind.RETRACTION),
        ("UPDATE 2: The tenant has gone home.", NoticeKind.UPDATE),
        ("Updated May 6, 2031 at noon.", NoticeKind.UPDATE),
        ("This story will be updated.", NoticeKind.UPDATE),
        ("This article was clarified on Friday.", NoticeKind.CLARIFICATION),
    ],
)
def test_a_notice_is_known_by_what_it_is_about(words: str, kind: NoticeKind) -> None:
    (told,) = only(paper("1.txt", words, *STORY), paper("2.txt", *STORY)).corrections
    assert told.notice.kind is kind


def test_a_month_is_no_hedge_and_a_man_who_may_be_armed_is_one() -> None:
    assert (
        changes(
            "The deputy fired at the tenant on May 4 in Lorne.",
            "The deputy fired at the tenant in Lorne.",
        )
        == []
    )
    assert (
        changes(
            "May 4 was when the deputy fired at the tenant.",
            "The deputy fired at the tenant on Monday.",
        )
        == []
    )
    assert changes(
        "THE TENANT MAY BE ARMED WITH A HAMMER.", "THE TENANT IS ARMED WITH A HAMMER."
    ) == [Change.HEDGE_DROPPED]


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (
            "The deputy did not fire and did not strike the tenant.",
            "The deputy did fire and did strike the tenant.",
        ),
        (
            "The deputy did not fire and did not strike the tenant.",
            "The deputy did not fire and did strike the tenant.",
        ),
        (
            "The deputy did not fire and did strike the tenant.",
            "The deputy did fire and did not strike the tenant.",
        ),
        ("Pell denied that the tenant called 911.", "Pell admitted that the tenant called 911."),
        (
            "The deputy failed to call the clinician first.",
            "The deputy called the clinician first.",
        ),
    ],
)
def test_a_denial_that_went_is_seen_however_many_there_were(there: str, here: str) -> None:
    assert changes(there, here) == [Change.NEGATION]


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (
            "The deputy did not fire and did not strike the tenant.",
            "The deputy did not fire or strike the tenant.",
        ),
        ("Pell denied that the tenant called 911.", "Pell said the tenant did not call 911."),
        ("Nobody fired at the tenant in the hall.", "No one fired at the tenant in the hall."),
        ("The deputy was not only tired but hurt.", "The deputy was tired and was hurt."),
    ],
)
def test_another_way_to_deny_the_same_is_no_drift(there: str, here: str) -> None:
    assert changes(there, here) == []


def test_what_was_declined_or_only_alleged_and_is_told_plainly_is_a_dropped_hedge() -> None:
    assert changes(
        "The clerk declined to say whether the tenant was armed.",
        "The clerk said that the tenant was armed.",
    ) == [Change.HEDGE_DROPPED]
    assert changes(
        "The tenant is accused of stabbing the clerk in the hall.",
        "The tenant stabbed the clerk in the hall.",
    ) == [Change.HEDGE_DROPPED]


def test_words_that_are_given_to_another_speaker_are_told_without_a_name_too() -> None:
    assert changes(
        "The lawyer said the tenant had a hammer in his hand.",
        "The sheriff said the tenant had a hammer in his hand.",
    ) == [Change.SPEAKER]
    assert (
        changes(
            "The tenant had a hammer in his hand, according to the clerk.",
            "The tenant had a hammer in his hand, the clerk said.",
        )
        == []
    )


def test_a_source_that_one_copy_names_for_a_sentence_is_not_the_origin_of_a_release() -> None:
    release = paper("9.txt", *STORY, head="FENN COUNTY SHERIFF'S OFFICE\nNEWS RELEASE\n\n")
    stray = "He is stable, according to a statement from Lorne Hospital."
    family = only(paper("1.txt", *STORY, stray), paper("2.txt", *STORY), release)
    assert (family.origin.why, family.origin.document) == (Why.ISSUED, release.sha256)


@pytest.mark.parametrize(
    "stray",
    [
        "He is stable, according to a statement from Lorne Hospital.",
        "The photo is courtesy of Ann Roe.",
        "The call was first reported by the Fenn Courier.",
    ],
)
def test_one_credit_of_many_tells_nothing_of_the_family(stray: str) -> None:
    papers = (paper("1.txt", *STORY, stray), paper("2.txt", *STORY), paper("3.txt", *STORY))
    assert only(*papers).origin.why is Why.NOT_KNOWN


def test_a_source_of_one_sentence_that_all_name_has_not_written_the_story() -> None:
    told = (*STORY, "He is stable, according to a statement from Lorne Hospital.")
    assert only(paper("1.txt", *told), paper("2.txt", *told)).origin.why is Why.NOT_KNOWN


def test_two_that_credit_another_whose_paper_is_not_here_name_the_origin() -> None:
    told = (*STORY, "The call was first reported by the Fenn Courier.")
    origin = only(paper("1.txt", *told), paper("2.txt", *told), paper("3.txt", *STORY)).origin
    assert (origin.why, origin.named, origin.document) == (Why.CREDITED, "Fenn Courier", None)


def test_where_nobody_is_known_to_be_first_no_change_has_a_direction() -> None:
    sure = "A deputy fired two rounds in the hall of the house."
    unsure = "According to Ann Roe a deputy may have fired two rounds in the hall of the house."
    for first, second in ((sure, unsure), (unsure, sure)):
        family = only(
            paper("1.txt", STORY[0], first, *STORY[2:]),
            paper("2.txt", STORY[0], second, *STORY[2:]),
        )
        assert family.origin.why is Why.NOT_KNOWN
        (drifts,) = [one.drifts for one in family.members if one.drifts]
        assert [one.change for one in drifts] == [Change.ATTRIBUTION_IN_ONE, Change.HEDGE_IN_ONE]
        assert drifts[0].words in (("", "According to"), ("According to", ""))


def test_a_correction_is_tied_to_no_version_that_shares_nothing_with_it() -> None:
    notice = "Correction: The tenant is 41, not 14."
    mine = paper("1.txt", notice, *STORY)
    family = only(mine, paper("2.txt", *STORY, head="Fenn Courier\n\n"))
    assert [one.earlier for one in family.corrections] == [None]


def test_more_than_eight_copies_are_one_family_with_their_drifts() -> None:
    long = (
        *STORY,
        *(f"Neighbor {at} heard the deputy knock on door {at} of it." for at in range(9)),
    )
    copies = [paper(f"{at:02}.txt", *long, head=f"Outlet {at}\n\n") for at in range(12)]
    nine = "A deputy fired nine rounds in the hall of the house."
    changed = paper("99.txt", STORY[0], nine, *long[2:], head="Outlet 99\n\n")
    family = only(*copies, changed)
    assert len(family.members) == 13
    assert [one.name for one in family.members if one.drifts] == ["99.txt"]


def test_two_long_transcripts_are_compared_in_the_time_of_their_words() -> None:
    def taking(count: int) -> float:
        told = [
            f"Deputy Pell met tenant {at} of house {at * 7} on Bramble Court."
            for at in range(count)
        ]
        there, here = (
            paper("1.txt", *told),
            paper("2.txt", *(f"Later {one[0].lower()}{one[1:]}" for one in told)),
        )
        start = time.perf_counter()
        drifts_between(there, here)
        return time.perf_counter() - start

    # Four times the sentences would take sixteen times as long if all pairs were weighed.
    assert taking(1_200) < 9 * taking(300)


def test_a_month_is_earlier_than_no_day() -> None:
    month = paper("1.txt", *STORY, head="Lorne Ledger\nMay 2031\n\n")
    day = paper("2.txt", *STORY, head="Fenn Courier\nMay 5, 2031\n\n")
    assert only(month, day).origin.why is Why.NOT_KNOWN
