"""Incidents conveyed to another system: what its reader may open, when that changed, and no more."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from agencies import Agency, agency
from certificates import serving_tls
from eido_objects import INCIDENT, LATER, OFFICER, Json, an_object, encoded, later, note
from following import CALLS, Follower, said_twice, soon
from whoseword.access import parse_reader
from whoseword.doors.conveying import TO_ANSWER, Board, Conversation, Offered
from whoseword.doors.conveying_served import Serving, conveying
from whoseword.doors.lines_to_peers import trusting
from whoseword.intake.eido import check_eido, check_strictly
from whoseword.wiring import Homes

TOKEN = "a-token-of-a-test"  # noqa: S105  a test's
NOW = "2031-05-02T19:30:00Z"
READER = "officer@dunmore-police"


@pytest.fixture
def center(tmp_path: Path) -> Agency:
    made = agency(tmp_path, "dunmore-911", "supervisor")
    taken(made, an_object())
    return made


def taken(center: Agency, value: Json, incident: str = "elm") -> None:
    file = center.home / "call.json"
    file.write_bytes(encoded(value))
    asked = ("import", "--format", "eido", file, "--book", CALLS, "--incident", incident)
    center.do(*asked, "--no-brief", now=NOW)


def offered(center: Agency, reader: str = READER, hours: float = 24.0) -> Offered:
    now = datetime.fromisoformat(NOW)
    assert now.tzinfo is UTC or now.utcoffset() == timedelta(0)
    return Offered(
        parse_reader(reader), lambda: Homes().open(center.home, lambda: now),
        "psap.dunmore.example", timedelta(hours=hours),
    )  # fmt: skip


@contextmanager
def served(center: Agency, reader: str = READER) -> Iterator[str]:
    with conveying(offered(center, reader), Serving("127.0.0.1", 0, TOKEN, 0.05), print) as url:
        yield url


@contextmanager
def line(url: str, token: str = TOKEN) -> Iterator[ClientConnection]:
    headers = {"Authorization": f"Bearer {token}"}
    with connect(url, additional_headers=headers, proxy=None) as opened:
        yield opened


def asks(opened: ClientConnection, **told: Any) -> Json:
    asked = {"requestId": "r1", "requestType": "EIDO", "requestSubType": "new"} | told
    opened.send(json.dumps({"subscribe": asked}))
    answer: Json = json.loads(opened.recv(timeout=20))["subscribeResponse"]
    return answer


def event(opened: ClientConnection, status: int = 200) -> Json:
    """The next event, answered."""
    told: Json = json.loads(opened.recv(timeout=20))["event"]
    answer = {"transactionId": told["transactionId"], "statusCode": status, "statusText": "so"}
    opened.send(json.dumps({"eventResponse": answer}))
    return told


def got(url: str, path: str, token: str = TOKEN) -> httpx.Response:
    place = url.replace("ws", "http", 1).replace("/ent", "/v1/incidents/" + path)
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(trust_env=False) as client:
        return client.get(place, headers=headers)


def test_the_first_event_carries_what_is_active_and_later_ones_what_changed(
    center: Agency,
) -> None:
    with served(center) as url, line(url) as opened:
        answer = asks(opened)
        assert (answer["statusCode"], answer["requestId"]) == (200, "r1")
        [first] = event(opened)["notification"]
        check_strictly(check_eido(first))
        assert first["$id"] == INCIDENT
        taken(center, later(an_object(), note("note3", "He has a knife", OFFICER, LATER)))
        told = event(opened)
        assert told["subscriptionId"] == answer["subscriptionId"]
        assert "He has a knife" in json.dumps(told["notification"])


def test_one_home_follows_another_over_a_lost_line(center: Agency, tmp_path: Path) -> None:
    county = agency(tmp_path / "county", "dunmore-911", "supervisor")
    with served(center) as url:
        done = threading.Event()
        peer: Any = SimpleNamespace(url=url, done=False)
        follower = Follower(county.home, peer, token=TOKEN)
        follower.until = done.is_set
        thread = threading.Thread(target=follower.run)
        thread.start()
        soon(lambda: len(follower.statements()) >= 37)
        taken(center, later(an_object(), note("note3", "He has a knife", OFFICER, LATER)))
        soon(lambda: any("knife" in str(one.fact) for one in follower.statements()))
        done.set()
        thread.join()
        before = follower.statements()
        again = Follower(county.home, peer, token=TOKEN)
        again.until = lambda: again.events > 0
        again.run()
    assert said_twice(again.statements()) == []
    assert [one.id for one in before] == [one.id for one in again.statements()]


def test_what_its_reader_may_not_open_starts_no_event_and_changes_no_byte(
    center: Agency,
) -> None:
    closed = "dunmore-clinic/health"
    with offered(center).home() as desk:
        assert not desk.opens(parse_reader(READER), closed)
    with served(center) as url, line(url) as opened:
        asks(opened)
        event(opened)
        path = INCIDENT.replace(":", "%3A")
        before = got(url, path).content
        for nth in range(3):
            center.says(
                book=closed, now=NOW, speaker={"name": f"clinic {nth}", "kind": "agency"},
                fact={"kind": "in_crisis", "who": "man", "sign": "pacing"},
            )  # fmt: skip
        center.says(
            book=closed, incident="oak", now=NOW, speaker={"name": "clinic", "kind": "agency"},
            fact={"kind": "in_crisis", "who": "man", "sign": "pacing"},
        )  # fmt: skip
        assert got(url, path).content == before
        with pytest.raises(TimeoutError):
            opened.recv(timeout=0.4)
        told = asks(opened, requestId="r2", requestSubType="single", incidentId="urn:no-such")
        assert told["statusCode"] == 404


def test_an_incident_that_is_closed_to_the_reader_is_answered_like_none(center: Agency) -> None:
    path = INCIDENT.replace(":", "%3A")
    with served(center, "public@valley-news") as url, line(url) as opened:
        asks(opened)
        assert "notification" not in event(opened)
        closed, none = got(url, path), got(url, "urn%3Ano-such")
        assert closed.status_code == none.status_code == 404
        assert closed.content == none.content


def test_each_object_that_goes_out_is_a_read_and_nothing_else_is(center: Agency) -> None:
    def reads() -> int:
        told = center.do("reads", "--json", "--reader", "auditor@dunmore-911", now=NOW)
        return told.count('"view":"export"')

    assert reads() == 0
    with served(center) as url:
        with line(url) as opened:
            asks(opened)
            event(opened)
        assert reads() == 1
        assert got(url, INCIDENT.replace(":", "%3A")).status_code == 200
        assert got(url, "urn%3Ano-such").status_code == 404
    assert reads() == 2


def test_without_the_token_nothing_is_told(center: Agency) -> None:
    with served(center) as url:
        with pytest.raises(InvalidStatus) as refused, line(url, "another-token-of-16"):
            pass
        assert refused.value.response.status_code == 401
        known = got(url, INCIDENT.replace(":", "%3A"), "wrong")
        none = got(url, "urn%3Ano-such", "wrong")
        assert known.status_code == none.status_code == 401
        assert known.content == none.content


def talk(center: Agency, hours: float = 24.0) -> tuple[Conversation, Board]:
    board = Board(offered(center, hours=hours), lambda: 0.0)
    board.look()
    numbers = iter(range(1, 1_000))
    return Conversation(board, lambda: f"n{next(numbers)}", lambda _words: None), board


def said(told: Conversation, now: float = 0.0, **message: Any) -> Json:
    [answer] = told.hear(json.dumps(message).encode(), now)
    found: Json = json.loads(answer)
    return found


NEW = {"requestId": "r", "requestType": "EIDO", "requestSubType": "new"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (NEW, 200),
        (NEW | {"requestType": "eido"}, 200),
        (NEW | {"requestSubType": "resource"}, 406),
        ({"requestId": "r"}, 406),
        (NEW | {"qualFilter": "x"}, 400),
        (NEW | {"incidentId": INCIDENT}, 400),
        (NEW | {"requestSubType": "single"}, 400),
        (NEW | {"requestSubType": "single", "incidentId": INCIDENT}, 200),
        (NEW | {"requestSubType": "single", "incidentId": "urn:other"}, 404),
        ({"requestId": "r", "subscriptionId": "of-nobody"}, 481),
        (NEW | {"expires": "soon"}, 400),
    ],
)
def test_a_subscription_is_answered_by_its_status(center: Agency, asked: Json, status: int) -> None:
    told, _ = talk(center)
    assert said(told, subscribe=asked)["subscribeResponse"]["statusCode"] == status


def test_what_is_asked_for_and_not_known_is_told_as_such(center: Agency) -> None:
    told, _ = talk(center)
    assert told.hear(b"garbage", 0.0) == []
    answer = said(told, unsubscribe={"requestId": "r", "subscriptionId": "none"})
    assert answer["unsubscribeResponse"]["statusCode"] == 481


def test_a_subscription_ends_when_it_expires_unless_it_is_renewed(center: Agency) -> None:
    told, _ = talk(center)
    answer = said(told, subscribe=NEW | {"expires": 20})["subscribeResponse"]
    [first] = told.due(0.0)
    it = json.loads(first)["event"]
    told.hear(json.dumps({"eventResponse": {"transactionId": it["transactionId"], "statusCode": 200}}).encode(), 1.0)  # fmt: skip
    renewed = said(told, 15.0, subscribe={"requestId": "r2", "subscriptionId": answer["subscriptionId"], "expires": 20})  # fmt: skip
    assert renewed["subscribeResponse"]["statusCode"] == 200
    assert told.due(30.0) == []
    [end] = told.due(36.0)
    assert json.loads(end)["terminate"]["subscriptionId"] == answer["subscriptionId"]
    assert told.ended


def test_an_event_that_could_not_be_kept_is_sent_again_and_one_unanswered_ends_the_line(
    center: Agency,
) -> None:
    told, _ = talk(center)
    said(told, subscribe=NEW)
    [first] = told.due(0.0)
    it = json.loads(first)["event"]
    told.hear(json.dumps({"eventResponse": {"transactionId": it["transactionId"], "statusCode": 503}}).encode(), 1.0)  # fmt: skip
    assert told.due(2.0) == []
    [again] = told.due(7.0)
    assert json.loads(again)["event"]["notification"] == it["notification"]
    assert not told.ended
    told.due(8.0 + TO_ANSWER)
    assert told.ended


def test_a_sign_of_life_is_sent_where_one_is_asked_for_and_not_more_often_than_wanted(
    center: Agency,
) -> None:
    told, board = talk(center)
    said(told, subscribe=NEW | {"minRate": 10, "maxRate": 5})
    for now, events in ((0.0, 1), (4.0, 0), (9.0, 0), (10.0, 1)):
        out = told.due(now)
        assert len(out) == events, now
        for one in out:
            it = json.loads(one)["event"]["transactionId"]
            told.hear(json.dumps({"eventResponse": {"transactionId": it, "statusCode": 200}}).encode(), now)  # fmt: skip
    taken(center, later(an_object(), note("note3", "quiet now", OFFICER, LATER)))
    board.look()
    assert told.due(12.0) == []
    assert len(told.due(15.0)) == 1


def test_an_incident_of_long_ago_is_not_active_and_can_still_be_asked_for(center: Agency) -> None:
    told, board = talk(center, hours=0.000_1)
    center.says(book=CALLS, incident="oak", now="2031-05-02T19:40:00Z", fact={"kind": "armed", "who": "man", "weapon": "none"})  # fmt: skip
    said(told, subscribe=NEW)
    [first] = told.due(0.0)
    assert len(json.loads(first)["event"].get("notification", [])) <= 1
    assert board.named(INCIDENT) == "elm"


def test_the_command_serves_no_other_machine_in_the_clear(center: Agency, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    done = center.run("convey", "--reader", READER, "--host", "0.0.0.0", "--token-file", file)  # noqa: S104  refused
    assert done.exit_code == 2
    assert "over TLS alone" in done.stderr
    file.write_text("short")
    assert "fewer than 16 letters" in center.refused("convey", "--reader", READER, "--token-file", file)  # fmt: skip


def test_over_tls_a_follower_that_trusts_its_authority_is_served(
    center: Agency, tmp_path: Path
) -> None:
    context, authority = serving_tls(tmp_path)
    county = agency(tmp_path / "county", "dunmore-911", "supervisor")
    serving = Serving("127.0.0.1", 0, TOKEN, 0.05, context)
    with conveying(offered(center), serving, print) as url:
        peer: Any = SimpleNamespace(url=url, done=False)
        follower = Follower(county.home, peer, token=TOKEN, tls=trusting(authority))
        follower.until = lambda: len(follower.statements()) >= 37
        follower.run()
    assert len(follower.statements()) >= 37


def test_what_a_closed_book_takes_in_moves_no_clock_of_what_is_told(center: Agency) -> None:
    """Law 3: an incident falls silent when its open statements do, whatever is written elsewhere."""
    moment = [datetime.fromisoformat(NOW)]
    open_home = offered(center)._replace(home=lambda: Homes().open(center.home, lambda: moment[0]))
    board = Board(open_home, lambda: 0.0)
    board.look()
    assert len(board.newer(0, None)) == 1
    moment[0] += timedelta(hours=24, seconds=10)
    board.look()
    quiet = board.newer(0, None)
    closed = {
        "incident": "elm", "book": "childrens-division/child_welfare", "stance": "affirms",
        "speaker": {"name": "Children's Division", "kind": "agency"},
        "fact": {"kind": "other", "text": "x"}, "source": {"entered_by": "clerk"},
    }  # fmt: skip
    file = center.home / "closed.jsonl"
    file.write_text(json.dumps(closed))
    center.do("say", file, now=moment[0].isoformat())
    board.look()
    assert board.newer(0, None) == quiet == []
