"""The files of rules: what is wrong in one is found, and what nobody has read opens nothing."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from at_the_desk import whoseword
from house import LAW, RULES
from whoseword.access import (
    Confidence,
    Disclosing,
    Effect,
    Law,
    Reader,
    RulesFault,
    parse_reader,
    read_rules,
)
from whoseword.wiring import rules_folder

DAY = date(2031, 3, 6)
OFFICER = parse_reader("officer@county")
OWNER = parse_reader("oversight@home")
RULE = """
@id("T-01") @citation("Town Code 4") @text_year("2030") @confidence("text") @who("the town")
@to_whom("officers") @purpose("response") @conditions("none") @duration("always")
@in_force_from("..") @in_force_to("..")
permit (principal == Role::"officer", action == Action::"open", resource == Class::"incident");
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


def with_rule(folder: Path, text: str = RULE) -> Path:
    (folder / "town").mkdir()
    (folder / "town" / "code.cedar").write_text(text, encoding="utf-8")
    return folder


def opens(folder: Path, book: str = "state/incident", day: date = DAY) -> tuple[str, ...]:
    return Law(read_rules(folder), day).opens(OFFICER, book, OWNER).rules


class TestARuleOfATownsOwn:
    def test_opens_what_the_default_table_does_not(self, folder: Path) -> None:
        assert opens(folder) == ()
        assert opens(with_rule(folder)) == ("T-01",)

    def test_that_nobody_has_read_opens_nothing(self, folder: Path) -> None:
        assert opens(with_rule(folder, RULE.replace('"text"', '"unverified"'))) == ()

    def test_that_nobody_has_read_still_forbids(self, folder: Path) -> None:
        forbids = RULE.replace('"text"', '"unverified"').replace("permit", "forbid")
        with_rule(folder, forbids.replace('"incident"', '"response"'))
        decision = Law(read_rules(folder), DAY).opens(OFFICER, "state/response", OWNER)
        assert (decision.allowed, decision.rules) == (False, ("T-01",))

    @pytest.mark.parametrize(
        ("first", "last", "holds"),
        [
            ("2031-03-06", "..", True),
            ("2031-03-07", "..", False),
            ("..", "2031-03-06", True),
            ("..", "2031-03-05", False),
        ],
    )
    def test_holds_from_its_first_day_to_its_last(
        self, folder: Path, first: str, last: str, holds: bool
    ) -> None:
        text = RULE.replace('from("..")', f'from("{first}")').replace('to("..")', f'to("{last}")')
        assert opens(with_rule(folder, text)) == (("T-01",) if holds else ())

    def test_that_cannot_be_evaluated_opens_nothing(self, folder: Path) -> None:
        schema = folder / "rules.cedarschema"
        text = schema.read_text("utf-8").replace(
            "assigned: Bool\n", "assigned: Bool, extra: Bool\n"
        )
        schema.write_text(text, encoding="utf-8")
        broken = RULE.replace('"incident"', '"response"').replace("permit", "forbid")
        with_rule(folder, broken.replace(");", ") when { context.extra };"))
        assert not Law(read_rules(folder), DAY).opens(OFFICER, "state/response", OWNER).allowed

    def test_changes_the_hash_that_views_name(self, folder: Path) -> None:
        assert read_rules(folder).sha256 == RULES.sha256
        assert read_rules(with_rule(folder)).sha256 != RULES.sha256


class TestWhatIsWrongIsFound:
    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            (RULE.replace('@citation("Town Code 4")', ""), "T-01: has no @citation"),
            (RULE.replace("Town Code 4", "  "), "T-01: has no @citation"),
            (RULE.replace('@id("T-01")', ""), "a rule without id: has no @id"),
            (RULE.replace("T-01", "RD-01"), "RD-01: stands in house/readers.cedar too"),
            (RULE.replace('"text"', '"sure"'), "@confidence is none of text, paraphrase"),
            (RULE.replace('from("..")', 'from("March")'), "@in_force_from 'March' is no day"),
            (RULE.replace('"officer"', '"oficer"'), "oficer"),
            (RULE.replace('Class::"incident"', 'Class::"secret"'), "secret"),
            (RULE.replace(");", ") when { context.purpos == \"response\" };"), "purpos"),
            (RULE.replace("permit (", "permit ("[:-1]), "is no Cedar"),
            (RULE.replace("principal ==", "principal == ?principal //"), "is no Cedar"),
            ("// nothing yet\n", "holds no rule"),
            (RULE.replace('action == Action::"open"', "action"), "names no action"),
            (
                RULE.replace('from("..")', 'from("2031-02-01")').replace('to("..")', 'to("2031-01-01")'),
                "which is never",
            ),
        ],
    )  # fmt: skip
    def test_with_file_and_rule(self, folder: Path, wrong: str, told: str) -> None:
        with_rule(folder, wrong)
        with pytest.raises(RulesFault, match=re.escape(told)) as raised:
            read_rules(folder)
        assert "town/code.cedar" in str(raised.value)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("years = 5", "years = 0"),
            ('kinds = ["contact"', 'kinds = ["contract"'),
            ('citation = "design', 'citation = ""\n# "design'),
            ('in_force_from = ".."', 'in_force_from = "soon"'),
            ("duration", "durations"),
        ],
    )
    def test_in_how_long_history_is_shown(self, folder: Path, before: str, after: str) -> None:
        file = folder / "house" / "retention.toml"
        file.write_text(file.read_text("utf-8").replace(before, after, 1), encoding="utf-8")
        with pytest.raises(RulesFault, match=re.escape("house/retention.toml")):
            read_rules(folder)

    @pytest.mark.parametrize("name", ["wall.CEDAR", "wall.cedar.bak", "wall"])
    def test_a_file_that_would_be_passed_over(self, folder: Path, name: str) -> None:
        (folder / "us" / name).write_text(RULE, encoding="utf-8")
        with pytest.raises(RulesFault, match="would be passed over"):
            read_rules(folder)

    def test_a_folder_behind_a_link(self, folder: Path, tmp_path: Path) -> None:
        (folder / "us").rename(tmp_path / "elsewhere")
        (folder / "us").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(RulesFault, match="would be passed over"):
            read_rules(folder)

    def test_in_a_folder_that_holds_none(self, tmp_path: Path) -> None:
        with pytest.raises(RulesFault, match=re.escape("holds no rules.cedarschema")):
            read_rules(tmp_path)

    def test_by_the_command_with_exit_1_and_every_fault(self, folder: Path, tmp_path: Path) -> None:
        with_rule(folder, RULE.replace('@citation("Town Code 4")', "").replace("officer", "oficer"))
        done = whoseword(tmp_path / "home", "rules", "check", str(folder))
        assert done.exit_code == 1
        assert "town/code.cedar: T-01: has no @citation" in done.stderr
        assert "oficer" in done.stderr

    def test_nothing_in_the_rules_that_the_program_comes_with(self, tmp_path: Path) -> None:
        done = whoseword(tmp_path / "home", "rules", "check")
        assert done.exit_code == 0
        assert "all hold" in done.stdout
        assert "IS-10" in done.stdout
        assert " of advice, " in done.stdout
        assert re.search(r"Unverified, and shown so wherever they appear: .*DF-06", done.stdout)


class TestTheRulesThatTheProgramComesWith:
    def test_every_one_says_where_it_stands_written(self) -> None:
        assert len(RULES.rules) > 50
        for rule in RULES.rules:
            told = (rule.citation, rule.text_year, rule.who, rule.to_whom, rule.conditions)
            assert all(told), rule.id

    def test_unverified_ones_open_nothing(self) -> None:
        unread = [rule for rule in RULES.rules if rule.confidence is Confidence.UNVERIFIED]
        assert [rule.id for rule in unread] == ["IS-10"]
        asked = Disclosing("officer", "response", "clinic/health", "IS-10", True, True)
        assert not LAW.discloses(asked).allowed

    def test_every_rule_on_sharing_is_present_or_left_with_its_reason(self) -> None:
        page = (rules_folder() / "README.md").read_text(encoding="utf-8")
        rows = dict(re.findall(r"^\| (IS-\d\d) \| (.+?) \|", page, re.MULTILINE))
        assert list(rows) == [f"IS-{number:02}" for number in range(1, 23)]
        present = {rule.id[:5] for rule in RULES.rules if rule.id.startswith("IS-")}
        for name, where in rows.items():
            if name in present:
                (file,) = {one.file for one in RULES.rules if one.id == name}
                assert f"`{file}`" in where, name
            else:
                assert where.startswith("left: "), name

    def test_the_page_of_who_may_open_what_is_drawn_from_them(self, tmp_path: Path) -> None:
        page = (rules_folder().parent / "docs" / "who-may-open.md").read_text(encoding="utf-8")
        drawn = whoseword(tmp_path, "rules", "table", now="2031-03-06").stdout
        assert drawn.strip() in page, "write it anew: whoseword rules table"

    def test_no_permission_stands_beside_a_wall_unseen(self) -> None:
        forbidding = [rule for rule in RULES.rules if rule.effect is Effect.FORBID]
        assert {rule.file.split("/")[0] for rule in forbidding} >= {"house", "us", "missouri"}


class TestTheWalls:
    @pytest.mark.parametrize("role", ["prosecutor", "investigator"])
    def test_compelled_statements_reach_nobody_who_prosecutes(self, role: str) -> None:
        reader = parse_reader(f"{role}@county")
        assert not LAW.opens(reader, "state/personnel", OWNER).allowed
        for rule in ["", *RULES.by_id]:
            asked = Disclosing(role, "inquiry", "state/personnel", rule, True, True)
            assert not LAW.discloses(asked).allowed

    @pytest.mark.parametrize("role", ["officer", "dispatcher", "supervisor"])
    def test_police_see_no_health_nor_victim_services_by_class(self, role: str) -> None:
        reader = parse_reader(f"{role}@county")
        for handling in ("health", "victim_services"):
            assert LAW.opens(reader, f"state/{handling}", OWNER).rules == ("HW-02",)

    def test_clinicians_see_no_criminal_justice_information(self) -> None:
        clinician = parse_reader("clinician@county")
        assert LAW.opens(clinician, "state/criminal_justice", OWNER).rules == ("HW-01",)
        for rule in ["", *RULES.by_id]:
            asked = Disclosing("clinician", "response", "pd/criminal_justice", rule, True, True)
            assert not LAW.discloses(asked).allowed

    def test_records_of_the_juvenile_court_are_open_to_their_keeper_alone(self) -> None:
        book = "court/criminal_justice/juvenile"
        assert not LAW.opens(OFFICER, book, OWNER).allowed
        assert LAW.opens(OFFICER, "state/criminal_justice/arrests", OWNER).allowed
        plain = Disclosing("officer", "response", book, "", True, True)
        assert not LAW.discloses(plain).allowed
        assert LAW.discloses(plain._replace(rule="IS-19")).allowed

    def test_peer_support_is_opened_by_nobody_not_even_its_keeper(self) -> None:
        owner = parse_reader("oversight@county")
        assert not LAW.opens(owner, "county/personnel/peer_support", owner).allowed

    def test_what_was_received_is_never_handed_on(self) -> None:
        for rule in ["", *RULES.by_id]:
            for role in ("officer", "oversight", "child_welfare"):
                purposes = {"officer": "response", "oversight": "review"}.get(role, "child_safety")
                asked = Disclosing(role, purposes, "division/child_welfare", rule, False, True)
                assert not LAW.discloses(asked).allowed

    def test_substance_use_records_go_to_medical_people_in_an_emergency_alone(self) -> None:
        asked = Disclosing("clinician", "response", "clinic/health/part_2", "IS-12", True, True)
        assert LAW.discloses(asked).allowed
        assert not LAW.discloses(asked._replace(role="officer")).allowed
        for rule in ("IS-07", "IS-09", "IS-11"):
            assert not LAW.discloses(asked._replace(role="officer", rule=rule)).allowed
        assert LAW.discloses(asked._replace(role="officer", rule="IS-13-order")).allowed

    def test_victim_services_need_a_written_consent_with_an_end(self) -> None:
        asked = Disclosing("officer", "response", "shelter/victim_services", "IS-15", True, True)
        assert LAW.discloses(asked).allowed
        assert not LAW.discloses(asked._replace(has_end=False)).allowed
        assert not LAW.discloses(asked._replace(rule="")).allowed

    def test_a_reader_that_no_rule_names_opens_nothing(self) -> None:
        stranger = Reader("stranger", "county", "response")
        assert not LAW.opens(stranger, "county/public", OWNER).allowed
