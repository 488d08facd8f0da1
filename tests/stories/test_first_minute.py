"""A newcomer's first minute: the demo, then a document of their own, signed and told."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from at_the_desk import whoseword

STORY = """Deputy held back at Larch Street

Sheriff Ines Okafor said on Monday that a deputy fired twice. A neighbor said she saw a man in
handcuffs, but Okafor said that no arrests were made at the scene. Asked who hurt the boy, the
sheriff said she could not say. The hospital did not respond to a request for comment.
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(home: Path, incident: str) -> dict:
    done = whoseword(home, "account", incident, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_demo_ends_with_the_account_a_page_and_three_things_to_try(here):
    home = here / "whoseword-demo"
    done = whoseword(home, "demo")
    assert done.exit_code == 0, done.stderr
    assert "Was the woman armed?" in done.stdout
    for number in ("1. Open", "2. The same incident", "3. A document of your own"):
        assert number in done.stdout
    assert (home / "alder-court-2024.html").stat().st_size > 10_000
    view = told(home, "alder-court-2024")
    assert {one["reviewed"] for one in view["statements"].values()} == {False}
    assert {one["signed_by"] for one in view["statements"].values()} == {"demo analyst"}
    assert all(not p["reviewed"] for m in view["matters"] for p in m["positions"])
    stands = {m["matter"]: m["standing"] for m in view["matters"]}
    assert stands["armed(who=woman)"] == "disputed"
    assert stands["arrested(who=anyone)"] == "denied"
    assert "cause_of_death(who=child)" in {one["matter"] for one in view["narration"]}
    assert whoseword(home, "verify").exit_code == 0

    again = whoseword(home, "demo")
    assert again.exit_code == 0
    assert "holds the demo already" in again.stdout
    assert len(told(home, "alder-court-2024")["statements"]) == len(view["statements"])


def test_a_document_of_ones_own_is_drafted_signed_and_told(here):
    (here / "story.txt").write_text(STORY, encoding="utf-8")
    sentences = here / "sentences.jsonl"
    read = whoseword(
        here,
        "read",
        "story.txt",
        "--incident",
        "larch-street",
        "--json",
        "--sentences",
        str(sentences),
    )
    assert read.exit_code == 0, read.stderr
    drafts = [json.loads(line) for line in read.stdout.splitlines()]
    for draft in drafts:
        source = draft["source"]
        assert STORY[source["start"] : source["end"]] == source["quote"]
        assert "id" not in draft
    accounted = [json.loads(line) for line in sentences.read_text(encoding="utf-8").splitlines()]
    assert all(one["drafts"] or one["why"] for one in accounted)
    covered = "".join(STORY[slice(*one["sentence"])] for one in accounted)
    assert "".join(covered.split()) == "".join(STORY.split())
    assert told(here, "larch-street")["statements"] == {}

    nameless = whoseword(here, "sign", "--incident", "larch-street", "--all")
    assert nameless.exit_code == 2
    one = drafts[0]["draft"]
    signed = whoseword(here, "sign", "--incident", "larch-street", "--as", "R. Moss", one)
    assert signed.exit_code == 0, signed.stderr
    rest = whoseword(here, "sign", "--incident", "larch-street", "--as", "R. Moss", "--all")
    assert rest.exit_code == 0, rest.stderr
    view = told(here, "larch-street")
    assert len(view["statements"]) == len(drafts)
    assert sorted(s["reviewed"] for s in view["statements"].values()).count(True) == 1
    stands = {m["matter"]: m["standing"] for m in view["matters"]}
    assert stands["arrested(who=anyone)"] == "denied"
    assert stands["handcuffed(who=man)"] == "said_by_one"
    notes = next(m for m in view["matters"] if m["matter"] == "handcuffed(who=man)")["notes"]
    assert ("compatible", "arrested(who=anyone)") in {(n["kind"], n["with"]) for n in notes}
    assert view["awaiting"]
    assert (
        json.loads(whoseword(here, "drafts", "--incident", "larch-street", "--json").stdout or "[]")
        == []
    )


def test_sign_asks_about_a_name_that_two_documents_share(here):
    (here / "one.txt").write_text("The sheriff said the woman had a knife.\n", encoding="utf-8")
    (here / "two.txt").write_text("A neighbor said the woman was armed.\n", encoding="utf-8")
    for name in ("one.txt", "two.txt"):
        assert whoseword(here, "read", name, "--incident", "larch-street").exit_code == 0
    sign = ("sign", "--incident", "larch-street", "--as", "R. Moss", "--all")
    asked = whoseword(here, *sign)
    assert asked.exit_code == 1
    assert "--join woman=woman" in asked.stderr
    assert told(here, "larch-street")["statements"] == {}
    first = whoseword(here, *sign, "--document", "one.txt")
    assert first.exit_code == 0, first.stderr
    other = whoseword(here, *sign, "--rename", "woman=woman-2")
    assert other.exit_code == 0, other.stderr
    matters = {m["matter"] for m in told(here, "larch-street")["matters"]}
    assert any("woman-2" in one for one in matters)


def test_a_dropped_draft_is_gone_and_its_document_stays(here):
    (here / "story.txt").write_text(STORY, encoding="utf-8")
    whoseword(here, "read", "story.txt", "--incident", "larch-street")
    assert whoseword(here, "drop", "--incident", "larch-street", "--all").exit_code == 0
    nothing = whoseword(here, "sign", "--incident", "larch-street", "--as", "R. Moss", "--all")
    assert nothing.exit_code == 1
    assert "read a document first" in nothing.stderr


def test_what_cannot_be_read_is_told_plainly_and_the_rest_is_read(here):
    (here / "picture.png").write_bytes(b"\x89PNG\r\n")
    (here / "empty.txt").write_bytes(b"")
    (here / "story.txt").write_text(STORY, encoding="utf-8")
    for name in ("picture.png", "empty.txt"):
        done = whoseword(here, "read", "story.txt", name, "--incident", "larch-street")
        assert done.exit_code == 1
        assert name in done.stderr
        alone = whoseword(here, "read", name, "--incident", "elm-street")
        assert alone.exit_code == 1
    drafts = whoseword(here, "drafts", "--incident", "larch-street", "--json")
    documents = {json.loads(line)["source"]["document"] for line in drafts.stdout.splitlines()}
    assert documents == {sha256(STORY.encode()).hexdigest()}
    assert whoseword(here, "drafts", "--incident", "elm-street", "--json").stdout == ""


def test_a_book_that_is_no_book_is_refused_and_the_home_stays_whole(here):
    (here / "story.txt").write_text(STORY, encoding="utf-8")
    whoseword(here, "read", "story.txt", "--incident", "larch-street")
    sign = ("sign", "--incident", "larch-street", "--as", "R. Moss", "--all")
    for book in ("nonsense", "home/secret", "Home/incident", "home/incident/a/b"):
        refused = whoseword(here, *sign, "--book", book)
        assert refused.exit_code == 2
        assert "book" in refused.stderr
    assert whoseword(here, *sign).exit_code == 0
    assert told(here, "larch-street")["statements"]
