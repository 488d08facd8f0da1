"""The page's content; what a browser makes of it is asked in ``tests/pages``."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from lxml import html

from telling import (
    CHIEF,
    DRIVER,
    PAPER,
    PROSECUTOR,
    SERGEANT,
    TENANT,
    account_of,
    removed,
    saw,
    told,
    uuid7,
)
from whoseword.account import Account
from whoseword.doors.page import DocumentText, account_page, statement_address, words_address
from whoseword.words import Statement

TEXT = (
    "HARROW POLICE\nThe woman was armed with a <b>knife</b>. A tenant said that the man was in "
    "handcuffs. The chief said that nobody was arrested at the scene.\n"
)
NAME = "4-briefing & questions.txt"
RELEASE = DocumentText(NAME, "ab" * 32, "text/plain", TEXT)
UNTRUSTED = '<img src=x onerror="alert(1)">'


def quoted(words: str, **parts: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "quote": words}
    return {"source": {"document": RELEASE.sha256, **span, **parts}}


def page(view: Account, *documents: DocumentText) -> html.HtmlElement:
    return html.document_fromstring(account_page(view, {one.sha256: one for one in documents}))


def text_of(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def statement(node: html.HtmlElement, one: Statement) -> html.HtmlElement:
    (found,) = node.xpath(f'//li[@id="{statement_address(one.id or "")}"]')
    return found


@pytest.fixture
def story() -> list[Statement]:
    knife = told("armed", who="woman", weapon="knife", **quoted("armed with a <b>knife</b>"))
    return [
        knife,
        told("armed", who="woman", stance="cannot_say", replaces=knife.id, by=SERGEANT),
        saw("handcuffed", who="man", **quoted("the man was in handcuffs")),
        told("arrested", who="anyone", stance="denies", **quoted("nobody was arrested")),
        told("attacked", whom="grandmother", hedge="possible", by=DRIVER, reviewed=False),
        told("died", who="child", hedge="reported", by=PAPER, on="reportedly died"),
        told("cause_of_death", who="child", stance="cannot_say"),
        told("contact", agency="childrens-division", place="Apt 3", stance="no_reply",
             by={"name": "childrens-division", "kind": "agency"}),
        told("withheld", item="video", stance="does", slots={"by": "harrow-police"}),
        told("found", slots={"by": "prosecutor", "matter": "conformed(who=officer-1)"},
             finding="within policy", by=PROSECUTOR, basis="concluded"),
    ]  # fmt: skip


def test_every_link_leads_to_exactly_one_place(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    ids = node.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = node.xpath("//a/@href")
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_every_position_opens_a_statement(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    positions = node.xpath('//li[contains(@class, "position")]')
    assert len(positions) >= len(story)
    for position in positions:
        (link,) = position.xpath('./p[@class="answer"]/a')
        (target,) = node.xpath(f'//*[@id="{link.get("href")[1:]}"]')
        assert "statement" in target.get("class")


def test_every_statement_opens_its_exact_words(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    held = [one for one in story if one.source.document == RELEASE.sha256]
    assert len(held) == 3
    for one in held:
        address = words_address(one.id or "")
        assert statement(node, one).xpath(f'.//blockquote//a[@href="#{address}"]')
        (words,) = node.xpath(f'//div[@class="text"]//mark[@id="{address}"]')
        assert words.text_content() == one.source.quote


def test_the_text_of_a_document_stands_character_for_character(story: list[Statement]) -> None:
    (text,) = page(account_of(*story), RELEASE).xpath('//div[@class="text"]')
    for reference in text.xpath('.//a[@class="ref"]'):
        reference.drop_tree()
    assert text.text_content() == TEXT


def test_what_others_wrote_is_never_markup() -> None:
    named = {"name": UNTRUSTED, "kind": "witness", "party": UNTRUSTED}
    one = saw(
        "other",
        text=UNTRUSTED,
        by=named,
        via=[{"name": UNTRUSTED, "kind": "unnamed"}],
        said=UNTRUSTED,
        happened={"words": UNTRUSTED},
        signed_by=UNTRUSTED,
        occasion={"kind": UNTRUSTED},
        on=UNTRUSTED,
    )
    fed = told("withheld", item=UNTRUSTED, reason="</style>", stance="does",
               source={"feed": UNTRUSTED, "message": "<script>"})  # fmt: skip
    document = DocumentText(UNTRUSTED, one.source.document or "", "text/html", UNTRUSTED)
    written = account_page(account_of(one, fed), {document.sha256: document})
    assert UNTRUSTED not in written
    node = html.document_fromstring(written)
    assert not node.xpath("//img | //script | //@onerror")
    assert len(node.xpath("//style")) == 1


def test_nothing_is_fetched_and_no_script_runs(story: list[Statement]) -> None:
    written = account_page(account_of(*story), {RELEASE.sha256: RELEASE})
    assert "http:" not in written
    assert "https:" not in written
    assert "<script" not in written
    assert "default-src 'none'" in written
    assert not re.search(r"url\(|@import| on\w+=", written)
    assert not html.document_fromstring(written).xpath("//@style")


def test_what_nobody_reviewed_says_so_in_words(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    (unreviewed,) = (one for one in story if not one.reviewed)
    for place in (
        statement(node, unreviewed),
        node.xpath('//article[.//code[contains(., "attacked(whom=grandmother)")]]//li')[0],
    ):
        assert "unreviewed" in place.get("class")
        assert "not reviewed by a person" in text_of(place)
    assert "1 not reviewed by a person" in text_of(node.xpath("//header")[0])
    (reviewed, *_) = story
    assert "not reviewed" not in text_of(statement(node, reviewed))


def test_a_position_that_somebody_reviewed_in_part_says_which_part() -> None:
    seen = saw("armed", who="woman")
    unseen = saw("armed", who="woman", by=DRIVER, reviewed=False)
    (position,) = page(account_of(seen, unseen)).xpath('//li[contains(@class, "position")]')
    assert "in part not reviewed by a person" in text_of(position.xpath("./p")[0])
    flags = ["not reviewed" in text_of(one) for one in position.xpath('./ul[@class="evidence"]/li')]
    assert flags == [False, True]


@pytest.mark.parametrize(
    ("matter", "words"),
    [("attacked(whom=grandmother)", "Possibly yes"), ("died(who=child)", "Reportedly yes")],
)
def test_a_hedge_stands_in_the_position_s_own_words(
    story: list[Statement], matter: str, words: str
) -> None:
    node = page(account_of(*story), RELEASE)
    (article,) = node.xpath(f'//article[.//code[contains(., "{matter}")]]')
    answers = [text_of(one) for one in article.xpath('.//p[@class="answer"]/a')]
    assert answers == [words]


def test_a_replaced_position_is_struck_and_names_what_replaced_it(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    (article,) = node.xpath('//article[.//code[contains(., "armed(who=woman)")]]')
    (replaced,) = article.xpath('.//li[contains(@class, "replaced")]')
    assert text_of(replaced.xpath(".//s")[0]) == "Yes (weapon: knife)"
    (link,) = replaced.xpath('.//span[@class="by-what"]/a')
    assert link.get("href") == f"#{statement_address(story[1].id or '')}"
    assert "Replaced by" in text_of(statement(node, story[0]))
    assert "Replaces" in text_of(statement(node, story[1]))


def test_a_document_that_is_not_held_is_said_not_to_be_checked(story: list[Statement]) -> None:
    source = msgspec.structs.replace(story[0].source, unchecked=True)
    unchecked = msgspec.structs.replace(story[0], source=source)
    checked = text_of(statement(page(account_of(*story)), story[0]))
    assert "the document is not part of this page" in checked
    node = page(account_of(unchecked, *story[1:]))
    told_here = text_of(statement(node, story[0]))
    assert "this home does not hold the document" in told_here
    assert "armed with a <b>knife</b>" in told_here
    assert RELEASE.sha256 in text_of(node.xpath('//section[@id="documents"]')[0])


def test_words_that_do_not_stand_in_the_text_are_not_marked(story: list[Statement]) -> None:
    other = DocumentText(NAME, RELEASE.sha256, "text/plain", "Quite another text.")
    node = page(account_of(*story), other)
    assert "do not stand at this place" in text_of(statement(node, story[0]))
    assert not node.xpath("//mark")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"feed": "harrow-911/cad", "message": "24-1/2"}, "feed harrow-911/cad, message 24-1/2"),
        ({"entered_by": "Analyst Ames"}, "entered by Analyst Ames"),
    ],
)
def test_a_feed_and_a_person_s_entry_are_sources_too(source: Mapping[str, str], words: str) -> None:
    one = told("died", who="child", source=source)
    assert words in text_of(statement(page(account_of(one)), one))


def test_a_statement_tells_how_it_is_known() -> None:
    manager = {"name": "manager", "kind": "witness"}
    one = told("attacked", whom="grandmother", by={"name": "woman", "kind": "involved"},
               via=[manager, {"name": "dispatcher", "kind": "responder"}], basis="took_part",
               said="Friday", happened={"at": "arrival"}, signed_by="Analyst Ames",
               occasion={"kind": "call", "held_by": "harrow-911"})  # fmt: skip
    words = text_of(statement(page(account_of(one)), one))
    for part in (
        "as told by manager (witness), passed on by dispatcher (responder)",
        "did it, or it was done to them",
        "Said “Friday”",
        "Happened at arrival",
        "Signed by Analyst Ames",
        "Occasion call, held by harrow-911",
        "Book county/incident",
        one.id or "",
    ):
        assert part in words


def test_one_id_in_two_books_has_two_addresses() -> None:
    first = told("died", who="child", id=uuid7(1), book="county/incident")
    second = told("died", who="child", id=uuid7(1), book="harrow-911/response/calls")
    view = account_of(first, second)
    node = page(view)
    assert len(view.statements) == 2
    for key in view.statements:
        assert len(node.xpath(f'//li[@id="{statement_address(key)}"]')) == 1


def test_a_finding_shows_its_words_on_the_matter_it_is_about(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    (article,) = node.xpath('//article[.//code[.="conformed(who=officer-1)"]]')
    assert "Finding: within policy" in text_of(article)


def test_the_head_says_for_whom_as_of_when_under_which_rules(story: list[Statement]) -> None:
    view = account_of(*story)
    head = text_of(page(view).xpath("//header")[0])
    for part in ("oversight@home", "inquiry", "1 January 2032, 00:00 UTC", view.rules,
                 f"{len(story)} statements"):  # fmt: skip
        assert part in head


def test_silence_and_refusal_stay_apart(story: list[Statement]) -> None:
    node = page(account_of(*story), RELEASE)
    (open_questions,) = node.xpath('//section[@id="open"]')
    assert "police chief: Cannot say" in text_of(open_questions)
    assert "childrens-division: No reply" in text_of(open_questions)
    (awaited,) = node.xpath('//section[@id="awaited"]//tbody/tr')
    assert awaited.xpath('./th[@scope="row"]')
    of, about, days = (text_of(cell) for cell in awaited)
    assert of == "childrens-division"
    assert about.startswith("Did childrens-division have contact at Apt 3")
    assert re.fullmatch(r"\d+ days", days)


def test_the_same_statements_in_any_order_are_the_same_bytes(story: list[Statement]) -> None:
    documents = {RELEASE.sha256: RELEASE}
    assert account_page(account_of(*story), documents) == account_page(
        account_of(*reversed(story)), documents
    )


def test_matters_come_by_standing_and_consequence() -> None:
    view = account_of(
        told("related", who="a", whom="b", relation="employed_by"),
        told("cause_of_death", who="child", by=CHIEF, means="gunshot"),
        saw("armed", who="woman"),
        saw("armed", who="woman", by=DRIVER),
        told("named", who="woman", stance="declines"),
        told("armed", who="man", by=TENANT),
        told("armed", who="man", by=DRIVER, stance="denies"),
    )
    shown = [text_of(one) for one in page(view).xpath('//section[@id="known"]//article//code')]
    assert shown == [
        "armed(who=woman)",
        "armed(who=man)",
        "cause_of_death(who=child)",
        "died(who=child)",
        "related(who=a, whom=b)",
        "named(who=woman)",
    ]


def test_an_empty_account_says_so() -> None:
    words = text_of(page(account_of()))
    assert "Nothing is known" in words
    assert "0 statements" in words


def test_what_is_out_of_sight_is_told_with_its_ground_and_nothing_runs():
    view = account_of(told("armed", who="woman"))
    assert page(view).xpath('//section[@id="removed"]') == []
    marked = msgspec.structs.replace(view, removed=(removed(ground=UNTRUSTED),))
    found = page(marked)
    (section,) = found.xpath('//section[@id="removed"]')
    assert f"sealed by Clerk Ames, under: {UNTRUSTED}" in text_of(section)
    assert found.xpath("//img") == []
    assert found.xpath('//nav//a[@href="#removed"]')
