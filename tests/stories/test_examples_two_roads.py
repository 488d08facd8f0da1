"""Quarry Road and Depot Road: a rifle that was not there, and one voice in six documents."""

from told_examples import account_as_of, matter, standing
from whoseword.words import Stance, kind_of


def test_the_rifle_is_believed_then_denied_and_the_newsletter_arms_him_again() -> None:
    armed = "armed(who=brother)"
    assert standing(account_as_of("quarry-road", "2024-02-06T09:20"), armed) == "believed"
    spring = account_as_of("quarry-road", "2024-03-20")
    assert standing(spring, armed) == "denied"
    assert [one.narrator for one in spring.narration if one.matter == armed] == [
        "Linmere Town Newsletter"
    ]


def test_the_clearance_had_seen_the_last_word_on_the_weapon() -> None:
    view = account_as_of("quarry-road", "2024-02-06T12:00")
    (given,) = matter(view, "cleared(who=clinician, for=engage)").positions
    seen = view.statements[str(given.value["having_seen"])]
    assert kind_of(seen.fact) == "armed"
    weapons = [
        one.recorded
        for one in view.statements.values()
        if kind_of(one.fact) == "armed" and one.recorded and one.stance is not Stance.DENIES
    ]
    assert seen.recorded
    assert seen.recorded >= max(weapons)


def test_health_and_child_welfare_stay_with_their_own() -> None:
    def classes(reader: str) -> set[str]:
        view = account_as_of("quarry-road", "2024-03-20", reader)
        return {one.handling for one in view.statements.values()}

    assert classes("clinician@linmere-center") == {"public", "response", "health"}
    assert classes("clinician@another-center") == {"public", "response"}
    assert classes("child_welfare@childrens-division") == {"public", "response", "child_welfare"}
    assert classes("public@home") == {"public"}


# Depot Road: one voice against two.


def test_one_department_in_six_documents_is_one_voice() -> None:
    view = account_as_of("depot-road", "2024-08-21")
    struck = matter(view, "attacked(whom=officer-1)")
    documents = {
        view.statements[key].source.document
        for position in struck.positions
        for key in position.statements
    }
    assert len(documents) == 6
    assert (struck.standing, struck.origins) == ("said_by_one", 1)


def test_one_eyewitness_makes_it_disputed_and_the_video_does_not_decide_it() -> None:
    struck = "attacked(whom=officer-1)"
    assert standing(account_as_of("depot-road", "2024-08-23"), struck) == "disputed"
    assert standing(account_as_of("depot-road", "2024-10-08"), struck) == "disputed"
    assert standing(account_as_of("depot-road", "2024-10-19"), struck) == "superseded"


def test_who_may_open_the_interview_still_sees_a_dispute() -> None:
    review = account_as_of("depot-road", "2024-10-19", purpose="review")
    assert standing(review, "attacked(whom=officer-1)") == "disputed"


def test_the_court_finds_that_the_reason_for_withholding_had_gone() -> None:
    view = account_as_of("depot-road", "2024-10-01")
    assert [(one.what, one.reason) for one in view.withheld] == [
        ("body camera video", "charges are pending")
    ]
    assert standing(view, "other(text=charges are pending)") == "found"
    assert ("pellam-police", "video to the oversight office") in {
        (one.of, one.about) for one in view.awaiting
    }
    assert account_as_of("depot-road", "2024-10-08").awaiting == ()
