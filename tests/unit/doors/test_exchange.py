"""What another home sent is taken only where all of it holds; each refusal says why."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest
from pyrage import x25519

from agencies import NOON, UNTIL, Agency, agency, disclosed, introduce, visit
from whoseword.books.bundles import Carried, digest_of, terms_note
from whoseword.books.notes import parse_signer

OFFICER = "officer@wexmoor-police"


class Exchange:
    """Two agencies that know each other, a disclosed visit, and a forger's tools."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.division = agency(folder, "childrens-division", "child_welfare")
        self.police = agency(folder, "wexmoor-police", "supervisor")
        introduce(self.division, self.police)
        self.visited = visit(self.division)
        self.bundle = folder / "bundle.age"

    def send(self, *options: object) -> Path:
        disclosed(self.division, self.visited, OFFICER, self.bundle, *options)
        return self.bundle

    def opened(self) -> dict[str, Any]:
        """The bundle as its recipient sees it once decrypted."""
        content = pyrage.decrypt(self.bundle.read_bytes(), [self._identity()])
        found: dict[str, Any] = json.loads(content)
        return found

    def forged(self, sent: dict[str, Any]) -> Path:
        """A bundle with this content, encrypted to the police as anybody can."""
        file = self.folder / "forged.age"
        content = json.dumps(sent).encode()
        file.write_bytes(pyrage.encrypt(content, [self._identity().to_public()]))
        return file

    def signed_anew(self, sent: dict[str, Any], key_of: Agency, **terms: str) -> dict[str, Any]:
        """The content with other terms, over its own statements, signed by somebody's key."""
        carried = msgspec.convert(sent["statements"], list[Carried], strict=False)
        told = dict(line.split(": ", 1) for line in sent["terms"].split("\n\n")[0].splitlines()[1:])
        told |= {"digest": digest_of(carried), "statements": str(len(carried))} | terms
        signer = parse_signer((key_of.home / "checkpoint.key").read_text("utf-8").strip())
        from whoseword.books.bundles import Terms

        return sent | {"terms": terms_note(msgspec.convert(told, Terms), signer)}

    def _identity(self) -> x25519.Identity:
        return x25519.Identity.from_str((self.police.home / "exchange.key").read_text().strip())


@pytest.fixture
def exchange(tmp_path: Path) -> Exchange:
    return Exchange(tmp_path)


class TestWhatIsRefused:
    def refused(self, exchange: Exchange, file: Path, why: str, now: str = NOON) -> None:
        assert why in exchange.police.refused("receive", file, now=now)
        assert exchange.visited not in exchange.police.open_ids(OFFICER)

    def test_from_a_home_that_nobody_introduced(self, tmp_path: Path) -> None:
        exchange = Exchange(tmp_path)
        stranger = agency(tmp_path, "pellam-police", "supervisor")
        stranger.do("card")
        assert "was not encrypted to this home" in stranger.refused("receive", exchange.send())

    def test_changed_on_its_way(self, exchange: Exchange) -> None:
        content = bytearray(exchange.send().read_bytes())
        content[-20] ^= 1
        exchange.bundle.write_bytes(content)
        self.refused(exchange, exchange.bundle, "was changed")

    def test_with_other_words(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.opened()
        body = sent["statements"][1]["body"]
        sent["statements"][1]["body"] = body[:-8] + body[-8:].swapcase()
        self.refused(exchange, exchange.forged(sent), "not those that the terms were signed for")

    def test_with_other_words_that_its_own_sender_signed(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.opened()
        sent["statements"][1]["salt"] = sent["statements"][0]["salt"]
        file = exchange.forged(exchange.signed_anew(sent, exchange.division))
        self.refused(exchange, file, "are not those of its entry")

    def test_with_a_statement_left_out(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.opened()
        sent["statements"] = sent["statements"][:1]
        self.refused(exchange, exchange.forged(sent), "not those that the terms were signed for")

    def test_with_terms_of_the_recipients_own(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.opened()
        sent["terms"] = sent["terms"].replace("until: 2031", "until: 2041")
        assert "until: 2041" in sent["terms"]
        assert exchange.police.run("receive", exchange.forged(sent)).exit_code == 1

    def test_signed_by_somebody_else_in_its_senders_name(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.signed_anew(exchange.opened(), exchange.police, until="2041-01-01")
        assert exchange.police.run("receive", exchange.forged(sent)).exit_code == 1
        assert exchange.visited not in exchange.police.open_ids(OFFICER)

    def test_that_nothing_in_it_discloses(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.signed_anew(exchange.opened(), exchange.division, to="officer@wexmoor-police", purpose="inquiry")  # fmt: skip
        self.refused(exchange, exchange.forged(sent), "nothing in the bundle discloses")

    def test_that_has_ended(self, exchange: Exchange) -> None:
        self.refused(exchange, exchange.send(), "ended at 2031-06-01", now="2031-06-02T00:00:00Z")

    def test_that_is_for_another_agency(self, exchange: Exchange) -> None:
        exchange.send()
        sent = exchange.signed_anew(exchange.opened(), exchange.division, to="officer@pellam-police")  # fmt: skip
        self.refused(exchange, exchange.forged(sent), "is for officer@pellam-police")

    def test_that_shows_another_history(self, exchange: Exchange, tmp_path: Path) -> None:
        exchange.police.do("receive", exchange.send())
        # The Division begins its books anew, and the police take its new card.
        for file in exchange.division.home.glob("*"):
            file.unlink()
        exchange.division.do("init", "--owner", "child_welfare@childrens-division")
        card = tmp_path / "card"
        exchange.division.do("card", "--out", card)
        exchange.police.do("partner", card, "--as", "clerk", "--replace")
        exchange.division.do("partner", self._police_card(exchange, tmp_path), "--as", "Ann Lee")
        other = visit(exchange.division, fact={"kind": "other", "text": "somebody answered"})
        bundle = tmp_path / "other.age"
        disclosed(exchange.division, other, OFFICER, bundle)
        assert "two histories" in exchange.police.refused("receive", bundle)

    @staticmethod
    def _police_card(exchange: Exchange, folder: Path) -> Path:
        card = folder / "police-card"
        exchange.police.do("card", "--out", card)
        return card

    def test_a_file_that_is_none(self, exchange: Exchange, tmp_path: Path) -> None:
        exchange.send()
        file = tmp_path / "note.txt"
        file.write_text("hello", encoding="utf-8")
        self.refused(exchange, file, "was not encrypted to this home")
        self.refused(exchange, exchange.forged({"hello": 1}), "holds no bundle")

    def test_compelled_statements_by_a_prosecutors_home(self, tmp_path: Path) -> None:
        police = agency(tmp_path, "wexmoor-police", "supervisor")
        prosecutor = agency(tmp_path, "ames-prosecutor", "prosecutor")
        introduce(police, prosecutor)
        compelled = police.says(book="wexmoor-police/personnel")
        out = tmp_path / "bundle.age"
        asked = ("--to", "prosecutor@ames-prosecutor", "--until", UNTIL, "--as", "x", "--out", out)
        told = police.refused("disclose", compelled, *asked)
        assert "GA-03 forbids it" in told
        assert not out.exists()


class TestWhatIsSent:
    def test_only_of_the_own_books(self, exchange: Exchange) -> None:
        exchange.police.do("receive", exchange.send())
        asked = ("--to", OFFICER, "--until", UNTIL, "--as", "x")
        book = "childrens-division/child_welfare/visits"
        told = exchange.police.refused("disclose", f"{book}:{exchange.visited}", *asked)
        assert "nothing that it was given" in told

    def test_not_to_an_agency_that_is_no_partner(self, exchange: Exchange, tmp_path: Path) -> None:
        out = tmp_path / "x.age"
        asked = ("--to", "officer@pellam-police", "--until", UNTIL, "--as", "x", "--out", out)
        told = exchange.division.refused("disclose", exchange.visited, *asked)
        assert "is no partner" in told
        assert not out.exists()
        assert exchange.visited not in exchange.division.open_ids("officer@pellam-police")

    def test_not_with_an_end_that_has_passed(self, exchange: Exchange) -> None:
        asked = ("--to", OFFICER, "--until", "2031-03-01", "--as", "x")
        assert "--until after" in exchange.division.refused("disclose", exchange.visited, *asked)

    def test_not_where_no_rule_lets_it_go_and_the_rules_that_would_are_told(
        self, tmp_path: Path
    ) -> None:
        clinic = agency(tmp_path, "mercy-hospital", "clinician")
        said = clinic.says(book="mercy-hospital/health")
        asked = ("--to", OFFICER, "--until", UNTIL, "--as", "Dr. Amsel")
        told = clinic.refused("disclose", said, *asked)
        assert "IS-07: 45 CFR 164.512(j)(1)(i)" in told
        assert clinic.open_ids(OFFICER) == set()
        clinic.do("disclose", said, *asked, "--rule", "IS-07")
        assert clinic.open_ids(OFFICER) == {said}
        assert "under IS-10" in clinic.refused("disclose", said, *asked, "--rule", "IS-10")

    def test_in_the_own_home_without_a_file(self, exchange: Exchange) -> None:
        reader = "investigator@childrens-division"
        assert exchange.division.open_ids(reader) == set()
        disclosed(exchange.division, exchange.visited, reader)
        assert exchange.division.open_ids(reader) == {exchange.visited}

    def test_a_bundle_that_was_written_is_destroyed_by_a_seal(self, exchange: Exchange) -> None:
        bundle = exchange.send()
        order = ("--order", "Court 12", "--as", "clerk")
        book = "childrens-division/child_welfare/visits"
        exchange.division.do("seal", exchange.visited, "--book", book, *order)
        assert not bundle.exists()


class TestCards:
    def test_a_card_that_was_changed_is_refused(self, exchange: Exchange, tmp_path: Path) -> None:
        card = tmp_path / "card"
        exchange.division.do("card", "--out", card)
        text = card.read_text("utf-8").replace("childrens-division", "mercy-hospital")
        card.write_text(text, encoding="utf-8")
        assert "not as its home signed it" in exchange.police.refused(
            "partner", card, "--as", "clerk"
        )

    def test_other_keys_are_taken_only_when_somebody_says_so(
        self, exchange: Exchange, tmp_path: Path
    ) -> None:
        impostor = agency(tmp_path / "elsewhere", "childrens-division", "child_welfare")
        card = tmp_path / "card"
        impostor.do("card", "--out", card)
        told = exchange.police.refused("partner", card, "--as", "clerk")
        assert "known by other keys" in told
        exchange.police.do("partner", card, "--as", "clerk", "--replace")

    def test_the_key_that_opens_bundles_is_its_owners_alone(self, exchange: Exchange) -> None:
        key = exchange.police.home / "exchange.key"
        assert key.stat().st_mode & 0o077 == 0
        bundle = exchange.send()
        key.chmod(0o644)
        assert "may be read by others" in exchange.police.refused("receive", bundle)

    def test_after_a_rotation_an_older_bundle_still_holds(
        self, exchange: Exchange, tmp_path: Path
    ) -> None:
        bundle = exchange.send()
        exchange.division.do("keys", "--rotate")
        card = tmp_path / "card"
        exchange.division.do("card", "--out", card)
        exchange.police.do("partner", card, "--as", "clerk", "--rotated")
        exchange.police.do("receive", bundle)
        assert exchange.visited in exchange.police.open_ids(OFFICER)

    def test_after_a_theft_the_stolen_key_is_trusted_no_longer(
        self, exchange: Exchange, tmp_path: Path
    ) -> None:
        bundle = exchange.send()
        exchange.division.do("keys", "--rotate")
        card = tmp_path / "card"
        exchange.division.do("card", "--out", card)
        exchange.police.do("partner", card, "--as", "clerk", "--replace")
        assert exchange.police.run("receive", bundle).exit_code == 1
        assert exchange.visited not in exchange.police.open_ids(OFFICER)
