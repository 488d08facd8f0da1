"""A feed followed: nothing lost and nothing twice, whatever the line, the peer or this side does."""

import json
import os
import random
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agencies import Agency, agency
from bursts import burst, statements_of
from certificates import serving_tls
from conveying_peer import (
    AFTER_SENT,
    BEFORE_ACK,
    ConveyingPeer,
    conveying_peer,
    http_url,
)
from eido_objects import INCIDENT, LATER, OFFICER, an_object, encoded, later, note
from following import CALLS, Follower, said_twice, soon
from whoseword.doors.errors import DeskError
from whoseword.doors.feeds import Arrived, Held, Into, take_in
from whoseword.doors.following import LONGEST_PAUSE
from whoseword.doors.lines_to_peers import Line, PeerRefused, address_of
from whoseword.doors.set_aside import Reason, SetAside
from whoseword.intake.eido import read_eido
from whoseword.words.decoding import MAX_LINE

KNIFE = later(an_object(), note("note3", "He has a knife", OFFICER, LATER))
SPOILT = an_object(eidoVersion=1)


@pytest.fixture
def peer() -> Iterator[ConveyingPeer]:
    with conveying_peer() as made:
        yield made


@pytest.fixture
def center(tmp_path: Path) -> Agency:
    return agency(tmp_path, "dunmore-911", "supervisor")


@pytest.fixture
def follower(center: Agency, peer: ConveyingPeer) -> Follower:
    return Follower(center.home, peer)


def aside(follower: Follower) -> list[Path]:
    return sorted((follower.home / "set-aside").glob("*.json"))


def reason(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file.with_suffix(".reason").read_bytes())
    return told


def test_what_a_peer_sends_is_in_the_book_and_acknowledged(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.add(an_object())
    peer.add()
    peer.add(KNIFE)
    counts = follower.run()
    assert (counts.objects, counts.statements, counts.set_aside) == (2, 38, 0)
    assert len(follower.statements()) == 38
    assert peer.codes() == [200, 200, 200]
    [asked] = peer.subscribed
    assert (asked["requestType"], asked["requestSubType"]) == ("EIDO", "new")
    assert "unsubscribe" in peer.heard[-1]


def test_objects_out_of_order_lose_nothing(
    tmp_path: Path, follower: Follower, peer: ConveyingPeer
) -> None:
    objects = burst(4, 6)
    ordered = Follower(agency(tmp_path / "other", "dunmore-911", "supervisor").home, peer)
    peer.add(*objects)
    ordered.run()
    peer.queue.clear()
    random.Random(7).shuffle(objects)
    for one in objects:
        peer.add(one)
    follower.run()
    statements = follower.statements()
    assert {one.id for one in ordered.statements()} <= {one.id for one in statements}
    assert said_twice(statements) == []


def test_what_came_whole_before_the_line_was_lost_is_kept_though_nobody_sends_it_again(
    follower: Follower, peer: ConveyingPeer
) -> None:
    for one in burst(1, 4):
        peer.add(one)
    peer.raw = [b"no message"]
    peer.forgets = True
    peer.drops = {3: AFTER_SENT}
    follower.until = lambda: len(peer.subscribed) > 1
    follower.run()
    assert len(follower.statements()) == statements_of(1, 4)


class _FallsOver:
    """A line on which this side falls over with an append done and its answer not sent."""

    def __init__(self, line: Line, at: int) -> None:
        self._line = line
        self._left = at

    def send(self, content: bytes) -> None:
        if b"eventResponse" in content:
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
        self._line.send(content)

    def receive(self, wait: float) -> bytes | None:
        return self._line.receive(wait)


def test_started_again_between_append_and_answer_it_says_nothing_twice(
    follower: Follower, peer: ConveyingPeer
) -> None:
    for one in burst(3, 8):
        peer.add(one)
    peer.window = 5
    follower.line = lambda line: _FallsOver(line, 7)
    with pytest.raises(KeyboardInterrupt):
        follower.run()
    answered = sum(1 for one in peer.queue if one.answers)
    assert answered < 24
    assert follower.statements()
    again = Follower(follower.home, peer)
    again.run()
    statements = again.statements()
    assert len(statements) == statements_of(3, 8)
    assert said_twice(statements) == []
    assert peer.codes() == [200] * 24


def test_nothing_is_acknowledged_before_it_is_in_the_book(
    follower: Follower, peer: ConveyingPeer
) -> None:
    class Looks(_FallsOver):
        def send(self, content: bytes) -> None:
            if b"eventResponse" in content:
                sizes.append(len(follower.statements()))
            self._line.send(content)

    sizes: list[int] = []
    peer.add(an_object())
    peer.add(KNIFE)
    peer.window = 1
    follower.line = lambda line: Looks(line, 0)
    follower.run()
    assert sizes == [37, 38]


def test_a_malformed_object_stops_nothing_and_is_kept_whole(
    follower: Follower, peer: ConveyingPeer
) -> None:
    bad = encoded(SPOILT)
    peer.add(an_object(), bad)
    peer.add(KNIFE)
    peer.add(b'"no object"')
    counts = follower.run()
    assert peer.codes() == [400, 200, 400]
    assert "$.eidoVersion: must be text" in peer.queue[0].answers[0]["statusText"]
    assert len(follower.statements()) == 38
    assert counts.set_aside == 2
    kept = {file.read_bytes(): reason(file) for file in aside(follower)}
    assert kept.keys() == {bad, b'"no object"'}
    assert kept[bad]["path"] == "$.eidoVersion"
    assert kept[bad]["transaction"] == peer.queue[0].transaction
    assert any("set aside, $.eidoVersion" in one for one in follower.told)
    assert all(file.stat().st_mode & 0o077 == 0 for file in aside(follower))


def test_what_was_set_aside_and_mended_can_be_imported(
    center: Agency, follower: Follower, peer: ConveyingPeer
) -> None:
    peer.add(SPOILT)
    follower.run()
    [file] = aside(follower)
    mended = center.home / "mended.json"
    mended.write_bytes(file.read_bytes().replace(b'"eidoVersion": 1', b'"eidoVersion": "1.0"'))
    told = center.do("import", "--format", "eido", mended, "--book", CALLS, "--no-brief")
    assert "37 new statements" in told


def test_garbage_between_events_is_set_aside_and_answered_where_it_can_be(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.raw = [
        b"\x00\x01binary",
        b"not json",
        b'{"requestAwarenes": {"requestId": "1"}}',
        b'{"event": {"transactionId": "t77"}}',
        b'{"terminate": {"requestId": "q1", "subscriptionId": "another"}}',
        b'{"terminate": {"requestId": "q2", "subscriptionId": "x", "subscription_id": "y"}}',
        b'{"event": {"subscriptionId": "another", "transactionId": "t78", "notification": []}}',
    ]
    peer.add(an_object())
    counts = follower.run()
    assert peer.codes() == [200]
    assert counts.set_aside == 5
    answers = [one for told in peer.heard for one in told.items()]
    by_kind = [(kind, told["statusCode"]) for kind, told in answers if "statusCode" in told]
    assert by_kind.count(("terminateResponse", 481)) == 1
    assert by_kind.count(("terminateResponse", 400)) == 1
    assert ("eventResponse", 400) in by_kind
    assert ("eventResponse", 481) in by_kind


def test_an_object_under_a_subscription_of_nobody_is_kept_all_the_same(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.raw = [
        b'{"event": {"subscriptionId": "of-yesterday", "transactionId": "t7", "notification": ['
        + encoded(an_object())
        + b"]}}"
    ]
    peer.add()
    follower.run()
    assert len(follower.statements()) == 37
    [answer] = [told["eventResponse"] for told in peer.heard if "eventResponse" in told][:1]
    assert answer["statusCode"] == 481


def test_an_object_too_large_is_set_aside_as_such(follower: Follower, peer: ConveyingPeer) -> None:
    peer.add(later(an_object(), note("long", "x" * MAX_LINE)))
    peer.add(an_object())
    follower.run()
    assert peer.codes() == [413, 200]


def test_what_the_book_does_not_take_is_set_aside_and_the_rest_stands(
    follower: Follower, peer: ConveyingPeer
) -> None:
    first = an_object()
    peer.add(first, KNIFE)
    peer.add(first)
    counts = follower.run(Into("dunmore-911/no-such-class"))
    assert peer.codes() == [400, 400]
    assert "tells what this book does not take" in peer.queue[0].answers[0]["statusText"]
    assert counts.statements == 0
    assert len(aside(follower)) == 2


def test_a_reference_is_fetched_from_the_feeds_own_host_with_its_token(
    center: Agency, peer: ConveyingPeer
) -> None:
    peer.token = "open-sesame"  # noqa: S105  a test's
    peer.pages = {"/i/1": (200, encoded(an_object())), "/i/3": (503, b"")}
    peer.add(json.dumps(http_url(peer, "/i/1")).encode(), KNIFE)
    peer.add({"$ref": http_url(peer, "/i/2")})
    peer.add({"$ref": http_url(peer, "/i/3")})
    follower = Follower(center.home, peer, token="open-sesame")  # noqa: S106  a test's
    follower.run()
    assert len(follower.statements()) == 38
    assert peer.codes() == [200, 404, 503]
    fetches = [headers for path, headers in peer.asked if path.startswith("/i/")]
    assert {one["authorization"] for one in fetches} == {"Bearer open-sesame"}
    assert len(aside(follower)) == 2


def test_no_feed_makes_this_machine_ask_a_host_that_nobody_named(
    center: Agency, peer: ConveyingPeer
) -> None:
    with conveying_peer() as other:
        other.pages = {"/i/1": (200, encoded(an_object()))}
        there = http_url(other, "/i/1")
        peer.pages = {"/moved": (302, there.encode()), "/big": (200, b" " * (MAX_LINE + 1))}
        peer.add({"$ref": there})
        peer.add({"$ref": "http://169.254.1.1/latest"})
        peer.add({"$ref": "file:///etc/hostname"})
        peer.add({"$ref": http_url(peer, "/moved")})
        peer.add({"$ref": http_url(peer, "/big")})
        peer.add({"$ref": there.replace("http://", "http://name:word@")})
        follower = Follower(center.home, peer, token="secret")  # noqa: S106  a test's
        follower.run()
        assert peer.codes() == [400, 400, 400, 503, 413, 400]
        assert other.asked == []
        peer.add({"$ref": there})
        host = other.url.split("/")[2]
        again = Follower(center.home, peer, token="secret", hosts=(host,))  # noqa: S106  a test's
        again.run()
        assert len(again.statements()) == 37
        # Whom the user named is asked, and is not told by whom the feed knows us.
        assert ["authorization" in headers for _, headers in other.asked] == [False]


def test_an_incident_that_ended_while_the_line_was_lost_is_asked_for(
    center: Agency, peer: ConveyingPeer
) -> None:
    other = encoded(an_object()).replace(INCIDENT.encode(), f"{INCIDENT}-2".encode())
    gone = "/incidents/" + INCIDENT.replace(":", "%3A")
    peer.pages = {gone: (200, encoded(KNIFE))}
    peer.add(an_object())
    peer.add(other)
    peer.add(other)
    peer.drops = {1: BEFORE_ACK}
    follower = Follower(
        center.home, peer, retrieval=address_of(http_url(peer, ""), ("https", "http"))
    )
    follower.until = lambda: peer.done and any(path == gone for path, _ in peer.asked)
    follower.run()
    assert len(follower.statements()) == 37 * 2 + 1


def test_a_token_is_asked_for_and_stands_nowhere(
    center: Agency,
    peer: ConveyingPeer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    peer.token = "open-sesame-7781"  # noqa: S105  a test's
    peer.add(an_object())
    command = ("feed", peer.url, "--book", CALLS, "--until-idle", "1", "--no-brief")
    told = center.refused(*command)
    assert "lets us not in (401); check the token" in told
    file = center.home.parent / "token"
    file.write_text("open-sesame-7781\n")
    done = center.run(*command, "--token-file", file)
    assert done.exit_code == 0, done.output
    assert "1 object, 37 new statements" in done.stdout
    monkeypatch.setenv("WHOSEWORD_FEED_TOKEN", "open-sesame-7781")
    peer.add(KNIFE)
    done = center.run(*command)
    assert "1 object, 1 new statement" in done.stdout
    assert "LOOK: may tell of a weapon" in done.stdout
    assert "sesame" not in done.output + told + caplog.text
    assert not [one for one in center.home.rglob("*") if one.is_file() and b"sesame" in one.read_bytes()]  # fmt: skip


def test_the_command_tells_as_json_and_exits_with_1_for_what_was_set_aside(
    center: Agency, peer: ConveyingPeer
) -> None:
    peer.add(an_object())
    peer.add(SPOILT)
    command = ("feed", peer.url, "--book", CALLS, "--until-idle", "1", "--json")
    done = center.run(*command)
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert (told["objects"], told["statements"], told["set_aside"]) == (1, 37, 1)
    assert "CALL: incident-" in done.stderr
    reads = center.do(
        "reads", "--json", "--reader", "auditor@dunmore-911", now="2031-05-03T00:00:00Z"
    )
    assert '"view":"brief"' in reads


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("http://peer.example/x",), "write it as wss://HOST/PATH"),
        (("ws://peer.example/x",), "sends in the clear"),
        (("wss://me:word@peer.example/x",), "leave them out, and give a token"),
        (("wss://peer.example/x", "--incident", "elm"), "give --only ID"),
        (("wss://peer.example/x", "--key", __file__), "--key goes with --cert"),
        (("wss://peer.example/x", "--fetch-from", "host/path"), "more than a host"),
        (("wss://peer.example/x", "--retrieval", "http://peer.example"), "sends in the clear"),
    ],
)
def test_an_address_that_is_not_safe_is_a_wrong_command_line(
    center: Agency, options: tuple[str, ...], told: str
) -> None:
    done = center.run("feed", *options, "--book", CALLS)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert "word@" not in done.stderr.replace("write it", "")


def test_over_tls_an_authority_that_nobody_trusts_ends_it(center: Agency, tmp_path: Path) -> None:
    context, authority = serving_tls(tmp_path)
    with conveying_peer(context) as peer:
        peer.add(an_object())
        follower = Follower(center.home, peer, tls=ssl.create_default_context())
        with pytest.raises(PeerRefused, match="is not to be trusted"):
            follower.run()
        assert peer.connections == 0
        command = ("feed", peer.url, "--book", CALLS, "--until-idle", "1", "--no-brief")
        assert "1 object, 37 new" in center.do(*command, "--ca", authority)


def test_a_peer_that_sends_us_elsewhere_is_not_followed_there(
    follower: Follower, peer: ConveyingPeer
) -> None:
    with conveying_peer() as other:
        peer.redirect = other.url
        peer.add(an_object())
        with pytest.raises(PeerRefused, match="sends us elsewhere"):
            follower.run()
        assert other.asked == []


@pytest.mark.parametrize("status", [403, 404, 406])
def test_a_subscription_that_is_refused_ends_it(
    follower: Follower, peer: ConveyingPeer, status: int
) -> None:
    peer.statuses = [status]
    peer.add(an_object())
    with pytest.raises(DeskError, match=f"does not take the subscription .{status}"):
        follower.run()


def test_a_peer_that_is_busy_is_asked_again_after_longer_and_longer(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.statuses = [503] * 8
    peer.add(an_object())
    follower.run()
    assert len(follower.statements()) == 37
    assert follower.waited == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE / 2, LONGEST_PAUSE / 2]


def test_a_script_gives_up_after_so_many_tries(center: Agency, peer: ConveyingPeer) -> None:
    peer.statuses = [503] * 8
    told = center.refused("feed", peer.url, "--book", CALLS, "--tries", "1")
    assert "the subscription is answered with 503, 1 times in a row" in told


def test_one_incident_is_followed_until_it_is_closed(
    center: Agency, follower: Follower, peer: ConveyingPeer
) -> None:
    peer.add(an_object())
    peer.end_when_done = True
    follower.until = lambda: False
    follower.run(Into(CALLS, incident="elm"), only=INCIDENT)
    assert {one.incident for one in follower.statements()} == {"elm"}
    [asked] = peer.subscribed
    assert (asked["requestSubType"], asked["incidentId"]) == ("single", INCIDENT)
    answer = peer.heard[-1]["terminateResponse"]
    assert answer["statusCode"] == 200


def test_a_subscription_that_the_peer_ends_is_begun_again(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.add(an_object())
    peer.end_when_done = True
    follower.until = lambda: len(peer.subscribed) > 1
    follower.run()
    assert [one["requestSubType"] for one in peer.subscribed] == ["new", "new"]


def test_a_subscription_is_renewed_before_it_expires(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.expires = 2
    peer.add(an_object())
    follower.until = lambda: len(peer.subscribed) > 1
    follower.run()
    assert peer.subscribed[1]["subscriptionId"] == "sub-1"
    assert peer.connections == 1


def test_what_was_sealed_does_not_come_back_when_the_peer_sends_it_again(
    center: Agency, follower: Follower, peer: ConveyingPeer
) -> None:
    def seal() -> bool:
        told = follower.statements()
        [it] = [one for one in told if "not slept" in str(one.fact)]
        center.do("seal", it.id, "--book", CALLS, "--order", "order 7", "--as", "Ann Lee",
                  now="2031-05-02T21:00:00Z")  # fmt: skip
        return True

    class Seals(_FallsOver):
        def send(self, content: bytes) -> None:
            self._line.send(content)
            if b"eventResponse" in content and not sealed:
                sealed.append(seal())

    sealed: list[bool] = []
    peer.window = 1
    peer.add(an_object())
    peer.add(KNIFE)
    follower.line = lambda line: Seals(line, 0)
    follower.run()
    assert sealed
    told = follower.statements()
    assert not [one for one in told if "not slept" in str(one.fact)]
    assert [one for one in told if "knife" in str(one.fact)]


def test_what_is_known_between_groups_is_forgotten_when_anybody_else_changes_the_book(
    center: Agency, follower: Follower
) -> None:
    held, into = Held(), Into(CALLS, incident="elm")
    object_ = Arrived("feed", read_eido(encoded(an_object())))
    with follower.desk() as desk:
        take_in(desk, [object_], into, held)
        take_in(desk, [object_], into, held)
        assert held.known.keys() == {"elm"}
        center.says(book=CALLS, now="2031-05-02T20:30:00Z")
        held.begin(desk, CALLS)
        assert held.known == {}
        take_in(desk, [object_], into, held)
        it = desk.ledger.statements([CALLS])[0]
        center.do("seal", it.id, "--book", CALLS, "--order", "order 7", "--as", "Ann Lee",
                  now="2031-05-02T21:00:00Z")  # fmt: skip
        held.begin(desk, CALLS)
        assert held.known == {}


def test_two_who_follow_one_feed_keep_every_statement_once(center: Agency, tmp_path: Path) -> None:
    with conveying_peer() as one, conveying_peer() as other:
        for raw in burst(3, 6):
            one.add(raw)
            other.add(raw)
        followers = [Follower(center.home, peer) for peer in (one, other)]
        threads = [threading.Thread(target=each.run) for each in followers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statements = followers[0].statements()
        assert len(statements) == statements_of(3, 6)
        assert said_twice(statements) == []
        assert one.codes() == other.codes() == [200] * 18


def test_ctrl_c_ends_with_what_was_taken_in(center: Agency, peer: ConveyingPeer) -> None:
    import signal

    peer.add(an_object())

    def interrupt() -> None:
        soon(lambda: peer.done)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    done = center.run("feed", peer.url, "--book", CALLS, "--no-brief")
    thread.join()
    assert done.exit_code == 0, done.output
    assert "1 object, 37 new statements" in done.stdout
    assert "unsubscribe" in peer.heard[-1]


def test_a_home_in_which_too_much_was_set_aside_takes_no_more(tmp_path: Path) -> None:
    kept = SetAside(tmp_path, most=1)
    why = Reason("2031-05-02T20:00:00Z", "feed", None, "$", "is wrong", "mend it")
    first = kept.keep(b"one", why)
    assert kept.keep(b"one", why) == first
    with pytest.raises(DeskError, match="look through them"):
        SetAside(tmp_path, most=1).keep(b"two", why)
    with pytest.raises(DeskError, match="look through them"):
        SetAside(tmp_path, most_bytes=5).keep(b"two", why)
    assert [file.read_bytes() for file in (tmp_path / "set-aside").glob("*.json")] == [b"one"]


def test_a_peer_that_ends_every_subscription_is_left_alone_longer_and_longer(
    follower: Follower, peer: ConveyingPeer
) -> None:
    peer.end_when_done = True
    follower.until = lambda: len(peer.subscribed) > 3
    follower.run()
    assert follower.waited[:3] == [0.5, 1, 2]


def test_a_reference_that_is_no_url_ends_no_feed(center: Agency, peer: ConveyingPeer) -> None:
    peer.add(KNIFE)
    peer.add({"$ref": http_url(peer, "/a\x01b")})
    peer.add({"$ref": http_url(peer, "/" + "a" * 70_000)})
    follower = Follower(center.home, peer)
    follower.run()
    assert peer.codes() == [200, 400, 400]
    assert follower.statements() != []
    assert len(aside(follower)) == 2
