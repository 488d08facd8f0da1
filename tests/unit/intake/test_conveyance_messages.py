"""Messages of conveyance: read whoever writes them, refused at their fault, written by the book."""

import json
from typing import Any

import pytest

from whoseword.intake.conveyance import (
    Event,
    EventResponse,
    Message,
    MessageFault,
    NotImplementedResponse,
    Reference,
    Subscribe,
    SubscribeResponse,
    Terminate,
    TerminateResponse,
    Unsubscribe,
    UnsubscribeResponse,
    read_message,
    written,
)

EVENT = {"subscriptionId": "s1", "transactionId": "t1"}


def sent(**told: Any) -> bytes:
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "message",
    [
        Subscribe(request_id="r", request_type="EIDO", request_sub_type="new", expires=60),
        Subscribe(
            request_id="r", request_type="EIDO", request_sub_type="single", incident_id="urn:i"
        ),
        Subscribe(request_id="r", subscription_id="s"),
        SubscribeResponse(request_id="r", subscription_id="s", status_code=200, status_text="OK"),
        Unsubscribe(request_id="r", subscription_id="s"),
        UnsubscribeResponse(
            request_id="r", subscription_id="s", status_code=481, status_text="no such one"
        ),
        NotImplementedResponse(request_id="r"),
        Event(subscription_id="s", transaction_id="t", notification=(b'{"a":1}', b'{"b":2,"c":3}')),
        Event(subscription_id="s", transaction_id="t"),
        EventResponse(transaction_id="t", status_code=503, status_text="later"),
        Terminate(request_id="r", subscription_id="s"),
        TerminateResponse(request_id="r", subscription_id="s", status_code=200, status_text="OK"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_written_is_read_again(message: Message) -> None:
    assert read_message(written(message)) == message


def test_the_names_of_the_standard_are_written() -> None:
    told = written(NotImplementedResponse(request_id="r"))
    assert json.loads(told) == {
        "response": {"requestId": "r", "statusCode": 501, "statusText": "Not implemented"}
    }
    told = written(Subscribe(request_id="r", request_type="EIDO", request_sub_type="new"))
    assert json.loads(told) == {
        "subscribe": {"requestId": "r", "requestType": "EIDO", "requestSubType": "new"}
    }


@pytest.mark.parametrize(
    "message",
    [
        EventResponse(transaction_id="t", status_code=403, status_text="no"),
        SubscribeResponse(request_id="r", status_code=501, status_text="no"),
        Subscribe(request_id="r", request_type="eido", request_sub_type="new"),
        Subscribe(request_id="r", request_type="EIDO", request_sub_type="single"),
        Subscribe(request_id="r", request_type="EIDO", request_sub_type="new", incident_id="i"),
        Subscribe(request_id="r"),
        Event(subscription_id="s", transaction_id="t", notification=(Reference("https://a/b"),)),
    ],
)
def test_what_the_standard_does_not_have_is_not_written(message: Message) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        written(message)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (sent(Event=EVENT), Event(subscription_id="s1", transaction_id="t1")),
        (sent(event={"subscriptionID": "s1", "TransactionId": 7}),
         Event(subscription_id="s1", transaction_id="7")),
        (sent(event=EVENT | {"notification": None}), Event(subscription_id="s1", transaction_id="t1")),
        (b'{"event": {"subscriptionId": "s1", "transactionId": "t1", "notification": {"a": 1, "b": 2}}}',
         Event(subscription_id="s1", transaction_id="t1", notification=(b'{"a": 1, "b": 2}',))),
        (sent(event=EVENT | {"notification": ["https://peer.example/i/1"]}),
         Event(subscription_id="s1", transaction_id="t1",
               notification=(Reference("https://peer.example/i/1"),))),
        (sent(event=EVENT | {"notification": [{"$ref": "https://peer.example/i/1"}]}),
         Event(subscription_id="s1", transaction_id="t1",
               notification=(Reference("https://peer.example/i/1"),))),
        (sent(subscribe_response={"requestId": "r", "statusCode": "200", "expires": "60",
                                  "subscriptionId": "s", "somethingNew": {"x": 1}}),
         SubscribeResponse(request_id="r", subscription_id="s", expires=60, status_code=200,
                           status_text="")),
        (sent(terminate={"requestId": "r", "subscriptionId": "s"}, comment="bye"),
         Terminate(request_id="r", subscription_id="s")),
    ],
)  # fmt: skip
def test_spellings_that_change_no_meaning_are_read(told: bytes, read: Message) -> None:
    assert read_message(told) == read


@pytest.mark.parametrize(
    ("told", "where"),
    [
        (b"hello", "$: is not JSON"),
        (b"[1]", "$: is no object"),
        (b'{"event": {"subs\xff"}}', "$: is not UTF-8 at byte 17"),
        (b"{}", "$: holds 0 members"),
        (b"[" * 100_000, "$: "),
        (sent(event=EVENT, terminate={}), "$: is event and terminate at once"),
        (sent(requestAwarenes={"requestId": "r"}), "$.requestAwarenes: is no message of version 1.0.1"),
        (sent(event=[EVENT]), "$.event: is no object"),
        (sent(event={"subscriptionId": "s"}), "$.event.transactionId: is missing"),
        (sent(event={"transactionId": "t"}), "$.event.subscriptionId: is missing"),
        (sent(event=EVENT | {"transactionId": {}}), "$.event.transactionId: must be text"),
        (sent(event=EVENT | {"transactionId": " "}), "$.event.transactionId: is empty"),
        (sent(event=EVENT | {"transactionID": "t2"}), "transactionI"),
        (sent(event={"transactionId": "t" * 600, "subscriptionId": "s"}), "$.event.transactionId: is empty or longer"),
        (sent(subscribeResponse={"requestId": "r", "statusCode": True, "statusText": ""}),
         "$.subscribeResponse.statusCode: must be a whole number"),
        (sent(subscribeResponse={"requestId": "r", "statusCode": -1, "statusText": ""}),
         "$.subscribeResponse.statusCode: must be a whole number"),
        (sent(terminate={"subscriptionId": "s"}), "$.terminate.requestId: is missing"),
        (b'{"event": {"subscriptionId": "s", "transactionId": "t", "notification": [{}], "notification": []}}',
         "$.event.notification: stands there twice"),
        (b'{"event": {"transactionId": "t"}, "event": {"transactionId": "u"}}', "$.event: stands there twice"),
    ],
)  # fmt: skip
def test_a_malformed_message_is_refused_at_its_fault(told: bytes, where: str) -> None:
    with pytest.raises(MessageFault) as refused:
        read_message(told)
    assert where in str(refused.value)


def test_a_fault_keeps_what_is_needed_to_answer() -> None:
    with pytest.raises(MessageFault) as refused:
        read_message(sent(event={"transactionId": "t9", "subscriptionId": ["s"]}))
    assert (refused.value.kind, refused.value.ids) == ("event", {"transactionId": "t9"})


def test_objects_stay_the_bytes_that_came() -> None:
    one = b'{"a" :1.10, "note":"\\u00e9 \xc3\xa9", "z":{"notification": [] }}'
    raw = b'{"event":{"subscriptionId":"s","transactionId":"t","notification":[ ' + one + b" ]}}"
    read = read_message(raw)
    assert isinstance(read, Event)
    assert read.notification == (one,)
