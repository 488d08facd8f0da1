"""Law: whatever a feed's line does, no statement is lost and none stands twice.

At full length (``--laws``) it is 10,000 messages of 14 KiB; else 300 of them.
"""

from pathlib import Path

import pytest

from agencies import agency
from bursts import burst, statements_of
from conveying_peer import AFTER_SENT, BEFORE_ACK, MID_OBJECT, conveying_peer
from following import Follower, said_twice


def test_a_burst_with_three_lost_lines_loses_nothing_and_says_nothing_twice(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    incidents, states = (200, 50) if request.config.getoption("--laws") else (30, 10)
    center = agency(tmp_path, "dunmore-911", "supervisor")
    with conveying_peer() as peer:
        for one in burst(incidents, states):
            peer.add(one)
        many = len(peer.queue)
        peer.drops = {many // 5: MID_OBJECT, many // 2: BEFORE_ACK, many * 4 // 5: AFTER_SENT}
        follower = Follower(center.home, peer, patience=600.0)
        counts = follower.run()
        assert peer.codes() == [200] * many
    statements = follower.statements()
    assert counts.lost == 3
    assert counts.set_aside == 0
    assert len(statements) == statements_of(incidents, states)
    assert said_twice(statements) == []
    assert all(one.reviewed is False for one in statements)
    assert "Every chain holds." in center.do("verify")
