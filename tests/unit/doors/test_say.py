"""``say``: receipts once on the disk, all or nothing, and every fault with its place."""

import json

import pytest

from at_the_desk import statement, whoseword
from telling import uuid7

DOCUMENT = "a" * 64
NOW = "2031-03-06T18:00:00Z"
SPEAKER = {"name": "police chief", "kind": "official", "party": "harrow-police"}


def say(home, *lines, options=(), now=NOW):
    text = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return whoseword(home, "say", "-", *options, now=now, given=text + b"\n")


def sizes(home):
    report = whoseword(home, "verify", "--all", "--json")
    assert report.exit_code == 0, report.stdout
    return {book["book"]: book["size"] for book in json.loads(report.stdout)["books"]}


def fact(**slots):
    return statement(fact={"kind": "armed", "who": "woman"} | slots)


def span(**parts):
    whole = {"document": DOCUMENT, "start": 0, "end": 5, "quote": "knife"}
    return statement(source={key: part for key, part in (whole | parts).items() if part is not ...})


MALFORMED = {
    "not JSON": (b"{armed}", "line"),
    "not an object": (b'["armed"]', "line"),
    "cut off": (b'{"incident": "harrow-lane"', "line"),
    "not a number of JSON": (b'{"incident": NaN}', "line"),
    "invalid UTF-8": (b'{"incident": "\xff"}', "line"),
    "10 MB": (b'{"x_long": "' + b"a" * 10_000_000 + b'"}', "line"),
    "nested 40 deep": (statement(x_deep=eval("[" * 40 + "]" * 40)), "line"),  # noqa: S307
    "nested beyond any parser": (b'{"x_deep":' + b"[" * 200_000, "line"),
    "a key twice": (b'{"book": "a/public", "book": "b/public"}', "book"),
    "U+0000": (statement(signed_by="an\u0000a"), "signed_by"),
    "half a surrogate": (b'{"incident": "\\ud800"}', "incident"),
    "unknown key": (statement(sureness="high"), "sureness"),
    "no incident": (statement(incident=...), "incident"),
    "an incident that is no slug": (statement(incident="Harrow Lane"), "incident"),
    "no book": (statement(book=...), "book"),
    "a book without a class": (statement(book="county"), "book"),
    "an unknown class": (statement(book="county/secret"), "book"),
    "no speaker": (statement(speaker=...), "speaker"),
    "a nameless speaker": (statement(speaker={"kind": "official"}), "speaker.name"),
    "an empty name": (statement(speaker={"name": " ", "kind": "official"}), "speaker.name"),
    "unknown kind of speaker": (statement(speaker={"name": "a", "kind": "boss"}), "speaker.kind"),
    "unknown key of the speaker": (statement(speaker=SPEAKER | {"age": 3}), "speaker.age"),
    "a relay without kind": (statement(via=[{"name": "manager"}]), "via[0].kind"),
    "no stance": (statement(stance=...), "stance"),
    "unknown stance": (statement(stance="claims"), "stance"),
    "unknown hedge": (statement(hedge="maybe"), "hedge"),
    "unknown basis": (statement(basis="guess"), "basis"),
    "no fact": (statement(fact=...), "fact"),
    "unknown kind of fact": (statement(fact={"kind": "exploded"}), "fact.kind"),
    "a fact without kind": (statement(fact={"who": "woman"}), "fact.kind"),
    "unknown slot": (fact(colour="red"), "fact.colour"),
    "a number in a slot": (fact(weapon=3), "fact.weapon"),
    "a list in a key slot": (fact(who=["woman", "man"]), "fact.who"),
    "an empty slot": (fact(weapon=""), "fact.weapon"),
    "a date that is none": (fact(happened="2031-02-30"), "fact.happened"),
    "words where EDTF stands": (fact(happened="Thursday"), "fact.happened"),
    "two anchors": (fact(happened={"at": "arrival", "before": "shots"}), "fact.happened"),
    "anyone affirmed": (fact(who="anyone"), "fact.who"),
    "no source": (statement(source=...), "source"),
    "an empty source": (statement(source={}), "source"),
    "half a span": (span(end=...), "source.end"),
    "a span of another length": (span(end=9), "source.quote"),
    "a span of nothing": (span(end=0, quote=""), "source.end"),
    "a digest that is none": (span(document="abc"), "source.document"),
    "a negative offset": (span(start=-5, end=0), "source.start"),
    "two sources": (statement(source={"entered_by": "a", "feed": "b", "message": "c"}), "source.entered_by"),
    "an id that is no UUIDv7": (statement(id="42"), "id"),
    "recorded outside a backfill": (statement(recorded="2031-03-06T15:00:00Z"), "recorded"),
    "recorded that is no time": (statement(recorded="yesterday"), "recorded"),
    "replaces nothing that stands": (statement(replaces=uuid7(999)), "replaces"),
    "compelled outside personnel": (statement(occasion={"kind": "interview", "compelled": True}), "occasion.compelled"),
    "reviewed that is no truth": (statement(reviewed="yes"), "reviewed"),
}  # fmt: skip


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_line_is_told_with_its_place_and_nothing_is_appended(tmp_path, case):
    line, field = MALFORMED[case]
    done = say(tmp_path, statement(), line, statement())
    assert done.exit_code == 1
    assert done.stdout == ""
    assert f"standard input:2: {field}: " in done.stderr
    assert "; " in done.stderr.splitlines()[0]
    assert sizes(tmp_path) == {}


def test_every_malformed_line_of_a_file_is_told(tmp_path):
    file = tmp_path / "statements.jsonl"
    file.write_text(f"{json.dumps(statement(stance='claims'))}\n\n{{}}\n", encoding="utf-8")
    done = whoseword(tmp_path / "home", "say", str(file))
    places = [line.split(": ")[0] for line in done.stderr.splitlines()]
    assert places == [f"{file}:1", f"{file}:3", "Nothing was appended."]


def test_a_time_in_the_future_is_refused_in_a_backfill(tmp_path):
    done = say(tmp_path, statement(recorded="2031-03-06T18:00:01Z"), options=["--backfill"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "standard input:1: recorded: " in done.stderr
    assert "after now" in done.stderr


def test_the_same_id_with_other_content_is_refused_within_its_book(tmp_path):
    first = statement(id=uuid7(1))
    assert say(tmp_path, first).exit_code == 0
    other = say(tmp_path, statement(), statement(id=uuid7(1), stance="denies"))
    assert other.exit_code == 1
    assert "standard input:2: id: " in other.stderr
    assert (
        say(tmp_path, statement(id=uuid7(1), stance="denies", book="police/incident")).exit_code
        == 0
    )
    assert sizes(tmp_path) == {"county/incident": 1, "police/incident": 1}


def test_the_same_id_with_the_same_content_is_receipted_again(tmp_path):
    first = say(tmp_path, statement(id=uuid7(1)))
    again = say(tmp_path, statement(id=uuid7(1)), now="2031-03-09T00:00:00Z")
    assert first.exit_code == again.exit_code == 0
    assert first.stdout == again.stdout
    assert sizes(tmp_path) == {"county/incident": 1}


def test_a_correction_of_somebody_elses_statement_is_refused(tmp_path):
    say(tmp_path, statement(id=uuid7(1)))
    witness = {"name": "tenant", "kind": "witness"}
    done = say(tmp_path, statement(speaker=witness, stance="denies", replaces=uuid7(1)))
    assert done.exit_code == 1
    assert "standard input:1: replaces: " in done.stderr


def test_a_correction_learns_nothing_of_another_class(tmp_path):
    say(tmp_path, statement(id=uuid7(1), book="county/inquiry"))
    there = say(tmp_path, statement(replaces=uuid7(1), stance="denies"))
    nowhere = say(tmp_path, statement(replaces=uuid7(2), stance="denies"))
    assert there.exit_code == 1
    assert there.stderr == nowhere.stderr


def test_a_quote_must_stand_in_the_kept_document(tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("The chief said the woman had a knife.\n", encoding="utf-8")
    read = whoseword(tmp_path, "read", str(story), "--incident", "harrow-lane", "--json", now=NOW)
    digest = json.loads(read.stdout.splitlines()[0])["source"]["document"]
    right = {"document": digest, "start": 31, "end": 36, "quote": "knife"}
    wrong = right | {"start": 30, "end": 35}
    refused = say(tmp_path, statement(source=wrong))
    assert refused.exit_code == 1
    assert "source.quote: is not what stands at 30–35" in refused.stderr
    assert say(tmp_path, statement(source=right)).exit_code == 0
    elsewhere = right | {"document": DOCUMENT}
    assert say(tmp_path, statement(source=elsewhere)).exit_code == 0
    view = json.loads(whoseword(tmp_path, "account", "harrow-lane", "--json", now=NOW).stdout)
    marks = {one["source"].get("unchecked", False) for one in view["statements"].values()}
    assert marks == {False, True}


def test_a_receipt_names_book_and_place(tmp_path):
    done = say(tmp_path, statement(), statement(), statement(book="police/public"))
    receipts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["book"], one["seq"]) for one in receipts] == [
        ("county/incident", 0),
        ("county/incident", 1),
        ("police/public", 0),
    ]
    assert all(set(one) == {"id", "book", "seq", "hash"} for one in receipts)
    assert all(len(one["hash"]) == 64 for one in receipts)


def test_a_prosecutors_home_takes_nothing_of_class_personnel(tmp_path):
    whoseword(tmp_path, "init", "--owner", "prosecutor@ames-county")
    done = say(tmp_path, statement(book="harrow-police/personnel"))
    assert done.exit_code == 1
    assert "standard input:1: book: " in done.stderr


def test_an_empty_file_appends_nothing(tmp_path):
    done = whoseword(tmp_path, "say", "-", given="")
    assert (done.exit_code, done.stdout) == (0, "")
