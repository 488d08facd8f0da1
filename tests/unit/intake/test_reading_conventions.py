"""Who says what, how surely and through whom, sentence by sentence, as the conventions tell it."""

import pytest

from whoseword.intake import Draft, Reading, Silence, keep_document
from whoseword.intake.reading import read_document
from whoseword.words import Basis, Happened, Hedge, SpeakerKind, Stance, kind_of


def read(text: str, name: str = "story.txt") -> Reading:
    return read_document(keep_document(text.encode(), name), "pier-lane-2031", "desk/incident")


def drafts(text: str, name: str = "story.txt") -> list[Draft]:
    return list(read(text, name).drafts)


def only(text: str, kind: str, name: str = "story.txt") -> Draft:
    found = [one for one in drafts(text, name) if kind_of(one.statement.fact) == kind]
    assert len(found) == 1, [(kind_of(d.statement.fact), d.statement.source.quote) for d in found]
    return found[0]


def words(text: str, span: tuple[int, int] | None) -> str | None:
    return None if span is None else text[span[0] : span[1]]


# --- speakers and cues ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Sheriff Ora Lindqvist said the man was armed with a pistol.",
        "The man was armed with a pistol, Sheriff Ora Lindqvist said.",
        "The man was armed with a pistol, said Sheriff Ora Lindqvist.",
        "According to Sheriff Ora Lindqvist, the man was armed with a pistol.",
        "The man was armed with a pistol, according to Sheriff Ora Lindqvist.",
        "“The man was armed with a pistol,” Sheriff Ora Lindqvist said.",
    ],
)
def test_the_speaker_is_found_before_and_after_what_is_said(text):
    draft = only(text, "armed")
    statement = draft.statement
    assert statement.speaker.name == "Ora Lindqvist"
    assert statement.speaker.kind is SpeakerKind.OFFICIAL
    assert statement.stance is Stance.AFFIRMS
    assert statement.via == ()
    assert (statement.fact.who, statement.fact.weapon) == ("man", "pistol")
    assert statement.source.quote.lower() == "the man was armed with a pistol"
    assert words(text, draft.speaker_span) == "Sheriff Ora Lindqvist"
    assert words(text, draft.cue).lower() in ("said", "according to")


def test_a_title_gives_the_agency_and_a_surname_is_the_same_speaker():
    text = (
        "Marsh Haven Police Chief Ida Oyelaran said the man was armed. "
        "Oyelaran said that the man was arrested. The chief added that he was not injured."
    )
    found = drafts(text)
    assert {one.statement.speaker.name for one in found} == {"Ida Oyelaran"}
    assert {one.statement.speaker.party for one in found} == {"marsh-haven-police"}


def test_a_spokesperson_speaks_as_the_agency():
    text = (
        "The Marsh Haven Police Department leads the investigation. "
        "A spokeswoman for the Marsh Haven Police Department declined to comment on the video."
    )
    last = drafts(text)[-1].statement
    assert last.speaker.name == "Marsh Haven Police Department"
    assert last.speaker.kind is SpeakerKind.AGENCY
    assert last.speaker.party == "marsh-haven-police"
    assert last.stance is Stance.DECLINES


def test_unattributed_text_is_the_narrators_in_journalism():
    statement = only("An officer discharged his weapon.", "discharged_weapon").statement
    assert statement.speaker.kind is SpeakerKind.NARRATOR
    assert statement.fact.who == "officer"


def test_unattributed_text_is_the_agencys_in_its_release():
    text = "MARSH HAVEN POLICE DEPARTMENT\nPRESS RELEASE\n\nAn officer discharged his weapon.\n"
    statement = only(text, "discharged_weapon").statement
    assert statement.speaker.name == "Marsh Haven Police Department"
    assert statement.speaker.party == "marsh-haven-police"


def test_a_letter_speaks_as_the_person_who_signed_it():
    text = (
        "OFFICE OF THE FENN COUNTY PROSECUTOR\nMarch 4, 2031\nDear Chief Oyelaran:\n"
        "I met with the family. The man was handcuffed outside the house. He was not arrested.\n"
        "Sincerely,\nPia Rask\nFenn County Prosecutor\n"
    )
    met = only(text, "met").statement
    assert met.speaker.name == "Pia Rask"
    assert met.speaker.party == "fenn-county-prosecutor"
    assert met.said == "2031-03-04"
    assert met.occasion is not None
    assert met.occasion.kind == "letter"
    arrested = only(text, "arrested").statement
    assert arrested.stance is Stance.DENIES
    assert arrested.fact.who == "man"


def test_a_transcripts_labels_are_its_speakers_and_questions_state_nothing():
    text = (
        "MARSH HAVEN POLICE DEPARTMENT\nPRESS BRIEFING, MARCH 2, 2031\n\n"
        "CHIEF OYELARAN: The woman is dead.\n"
        "REPORTER: Did your officer shoot her?\n"
        "CHIEF OYELARAN: I cannot say whether the woman was shot by police.\n"
        "REPORTER: Neighbors saw a man in handcuffs.\n"
        "CHIEF OYELARAN: No arrests were made at the scene.\n"
    )
    reading = read(text, "briefing.txt")
    assert {one.statement.speaker.name for one in reading.drafts} == {"Chief Oyelaran"}
    assert [one.why for one in reading.sentences].count(Silence.QUESTION) == 2
    assert {one.statement.occasion.kind for one in reading.drafts} == {"briefing"}
    unanswered = only(text, "cause_of_death").statement
    assert unanswered.stance is Stance.CANNOT_SAY


def test_a_pronoun_is_never_a_speakers_name():
    text = "Tomas Grell said he saw a fire. He said that she had told them. They said it was over."
    names = {one.statement.speaker.name.lower() for one in drafts(text)}
    assert names.isdisjoint({"he", "she", "they", "it"})


# --- chains --------------------------------------------------------------------------------------


def test_hearsay_keeps_its_chain_nearest_the_speaker_first():
    text = (
        "The boy’s aunt said that a child welfare worker had come to the flat and got no answer, "
        "according to the landlord."
    )
    statement = only(text, "contact").statement
    assert statement.speaker.name == "aunt"
    assert statement.speaker.kind is SpeakerKind.RELATIVE
    assert [relay.name for relay in statement.via] == ["landlord"]
    assert statement.fact.outcome == "no_answer"


def test_whoever_was_told_is_a_relay_but_reporters_are_not():
    told = only("The woman told the landlord that she had been attacked.", "attacked").statement
    assert told.speaker.name == "woman"
    assert [relay.name for relay in told.via] == ["landlord"]
    assert told.basis is Basis.TOOK_PART
    assert told.fact.whom == "woman"
    direct = only("The woman told reporters that she had been attacked.", "attacked").statement
    assert direct.via == ()


def test_a_callers_word_comes_through_who_reports_it():
    text = "A 911 caller reported a possible assault, Sheriff Ora Lindqvist said."
    statement = only(text, "attacked").statement
    assert statement.speaker.name == "911 caller"
    assert statement.speaker.kind is SpeakerKind.UNNAMED
    assert [relay.name for relay in statement.via] == ["Ora Lindqvist"]
    assert statement.hedge is Hedge.POSSIBLE
    assert statement.fact.whom is None
    assert statement.fact.by is None


def test_what_somebody_reportedly_said_is_hearsay_through_a_report():
    statement = only("The aunt reportedly mentioned that the man was armed.", "armed").statement
    assert statement.speaker.name == "aunt"
    assert [relay.kind for relay in statement.via] == [SpeakerKind.UNNAMED]
    assert statement.hedge is Hedge.REPORTED


def test_coordination_does_not_steal_the_speaker():
    text = (
        "Sheriff Ora Lindqvist clarified that no arrests had been made at the scene "
        "and did not confirm whether anyone was taken away in handcuffs."
    )
    denied = only(text, "arrested").statement
    left_open = only(text, "handcuffed").statement
    assert denied.speaker == left_open.speaker
    assert denied.stance is Stance.DENIES
    assert (denied.fact.who, denied.fact.place) == ("anyone", "scene")
    assert left_open.stance is Stance.CANNOT_SAY


# --- stance --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The sheriff could not say whether the boy was shot by police.", Stance.CANNOT_SAY),
        ("The sheriff said she could not say whether the boy was shot.", Stance.CANNOT_SAY),
        ("The sheriff did not confirm whether the boy was shot.", Stance.CANNOT_SAY),
        ("The sheriff was unable to confirm whether the boy was shot.", Stance.CANNOT_SAY),
        (
            (
                "Asked whether the boy was shot by police, the sheriff stated that she was unable "
                "to provide that information."
            ),
            Stance.CANNOT_SAY,
        ),
        ("The sheriff did not know whether the boy was shot.", Stance.DOES_NOT_KNOW),
        ("It was not clear whether the boy was shot.", Stance.DOES_NOT_KNOW),
        ("The sheriff declined to say whether the boy was shot.", Stance.DECLINES),
        ("The sheriff would not say whether the boy was shot.", Stance.DECLINES),
        ("The sheriff believed that the boy was shot.", Stance.BELIEVES),
        ("The sheriff denied that the boy was shot.", Stance.DENIES),
        ("The sheriff said the boy was not shot.", Stance.DENIES),
    ],
)
def test_what_was_not_affirmed_never_comes_out_as_affirmed(text, stance):
    found = [one.statement for one in drafts(text) if kind_of(one.statement.fact) == "injured"]
    assert [one.stance for one in found] == [stance]
    assert all(one.stance is not Stance.AFFIRMS for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Police do not believe the man was armed.",
        "Officials would neither confirm nor deny that the man was armed.",
        "Investigators have not said whether the man was armed.",
        "The sheriff has yet to confirm that the man was armed.",
        "The sheriff dismissed claims that the man was armed.",
        "Rumors that the man was armed are false.",
        "If the man was armed, officers should have waited, the lawyer said.",
        "The family questioned whether the man was armed.",
        "The sheriff said she doubted that the man was armed.",
        "Police are investigating whether the man was armed.",
        "The report does not say whether the man was armed.",
        "Witnesses disagreed on whether the man was armed.",
        "No evidence was found that the man was armed.",
        "The man was not believed to be armed.",
        "Had the man been armed, the sheriff said, officers would have waited.",
        "Reports that the man was armed could not be verified.",
        "There was no word on whether the man was armed.",
        "Officers feared the man was armed.",
        "The sheriff asked whether the man was armed.",
        "The lawyer urged officers to wait until the man was armed.",
        "Please do not say that the man was armed.",
    ],
)
def test_no_turn_of_phrase_makes_a_plain_affirmation_of_it(text):
    for one in drafts(text):
        if kind_of(one.statement.fact) == "armed":
            assert one.statement.stance is not Stance.AFFIRMS


def test_not_badly_hurt_is_not_unhurt():
    kinds = {kind_of(one.statement.fact) for one in drafts("The officer was not badly hurt.")}
    assert kinds == {"other"}


def test_silence_is_no_reply_by_the_one_who_was_asked():
    text = "The Fenn County Coroner did not respond to questions on Monday."
    statement = drafts(text)[0].statement
    assert statement.stance is Stance.NO_REPLY
    assert statement.speaker.party == "fenn-county-coroner"
    assert statement.said == "Monday"


def test_an_unanswered_inquiry_is_about_what_was_told_before():
    text = (
        "The landlord said that a housing agency visited the flat on Monday. "
        "Despite inquiries made to the Fenn County Department of Housing, there was no immediate "
        "response regarding this aspect."
    )
    statement = drafts(text)[-1].statement
    assert statement.stance is Stance.NO_REPLY
    assert statement.speaker.party == "fenn-county-department-of-housing"
    assert kind_of(statement.fact) == "visited"
    assert statement.source.quote == "this aspect"


def test_not_having_seen_it_is_not_knowing():
    statement = only("The landlord did not see the attack.", "attacked").statement
    assert statement.stance is Stance.DOES_NOT_KNOW


def test_what_is_to_come_is_expected():
    text = "The officer will be placed on administrative leave."
    statement = only(text, "placed_on_leave").statement
    assert statement.stance is Stance.EXPECTS
    assert statement.basis is Basis.UNSTATED
    assert statement.fact.leave == "administrative"


def test_withholding_holds_its_own_negative():
    found = drafts("The names and ages of the victims have not been released.")
    items = {one.statement.fact.item for one in found}
    assert items == {"names of the victims", "ages of the victims"} or len(items) == 2
    assert {one.statement.stance for one in found} == {Stance.AFFIRMS}
    assert {kind_of(one.statement.fact) for one in found} == {"withheld"}


def test_those_who_gave_no_details_declined_each_for_itself():
    text = (
        "The Fenn County Prosecutor confirmed that its staff visited the site. Further details were "
        "not provided by the prosecutors or the police department in nearby Quill Bay."
    )
    found = [one.statement for one in drafts(text) if one.statement.stance is Stance.DECLINES]
    assert {one.speaker.party for one in found} == {"fenn-county-prosecutor", "quill-bay-police"}
    assert {one.source.quote for one in found} == {"Further details"}


def test_none_of_some_is_not_a_denial_of_anyone():
    for one in drafts("No other officer fired."):
        assert getattr(one.statement.fact, "who", None) != "anyone"
        assert one.statement.stance is Stance.DENIES


# --- hedge and basis -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The man may have been armed with a knife.", Hedge.POSSIBLE),
        ("The man was apparently armed with a knife.", Hedge.POSSIBLE),
        ("The man appears to have been armed with a knife.", Hedge.POSSIBLE),
        ("The man was reportedly armed with a knife.", Hedge.REPORTED),
        ("The man was said to have been armed with a knife.", Hedge.REPORTED),
        ("The man was armed with a knife.", Hedge.PLAIN),
    ],
)
def test_the_hedge_is_as_the_words_have_it(text, hedge):
    statement = only(text, "armed").statement
    assert statement.hedge is hedge
    assert statement.speaker.kind is SpeakerKind.NARRATOR


def test_perception_tells_the_basis():
    text = "The landlord said she heard gunfire and saw an officer carry a baby out of the flat."
    assert only(text, "discharged_weapon").statement.basis is Basis.HEARD
    moved = only(text, "moved").statement
    assert moved.basis is Basis.SAW
    assert (moved.fact.who, moved.fact.by) == ("baby", "officer")


def test_a_finding_after_inquiry_is_concluded():
    text = "The medical examiner concluded that the woman died of a gunshot wound."
    statement = only(text, "cause_of_death").statement
    assert statement.basis is Basis.CONCLUDED
    assert statement.speaker.party == "medical-examiner"
    assert statement.fact.means == "gunshot wound"
    assert statement.fact.by is None


def test_a_recording_speaks_as_a_record():
    text = "The video shows that the woman did not have a knife when the officers arrived."
    statement = only(text, "armed").statement
    assert statement.speaker.kind is SpeakerKind.RECORD
    assert statement.stance is Stance.DENIES
    assert statement.basis is Basis.RECORD
    assert statement.fact.happened == Happened(at="arrival")


# --- time ----------------------------------------------------------------------------------------


def test_a_weekday_stays_the_words_that_were_said():
    text = "The sheriff said on Friday that the woman died on Thursday afternoon."
    statement = only(text, "died").statement
    assert statement.said == "Friday"
    assert statement.fact.happened == Happened(words="Thursday afternoon")


def test_a_whole_date_becomes_edtf():
    text = "The Orle Police Department interviewed the officer on May 24, 2031."
    assert only(text, "interviewed").statement.fact.happened == "2031-05-24"
