"""`speechmine rules` as a user types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speechmine import Document, analyse, load_rules
from speechmine.cli import main
from speechmine.explaining import explain
from speechmine.exporting.table import WIDTH, display_width
from tests.samples import corpus_texts

OWN = """
[[rule]]
id = "ledger.own"
says = "Boards on the wall, \\u001b[31m in red."
pattern = "(?:红|黑)榜"
examples = ["贴出【红榜】", "贴出【黑榜】"]
counterexamples = ["光荣榜"]
set = { kind = "ledger" }
"""


def run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["rules", *(str(word) for word in words)], input=stdin)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_list_names_every_rule_with_its_file() -> None:
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(map(display_width, lines)) <= WIDTH
    for rule in load_rules().rules:
        assert f"{rule.id} ({rule.file})" in lines


def test_list_of_a_family_knows_own_rules_and_hides_control_characters(own: Path) -> None:
    text = run("list", "ledger", "--rules", own).stdout
    assert "ledger.account (mechanisms.toml)" in text
    assert "ledger.own" in text
    assert "own.toml" in text
    assert "modal.must" not in text
    assert "\x1b" not in text


def test_list_of_no_family_names_the_families() -> None:
    result = run("list", "weather")
    assert result.exit_code == 2
    assert "ledger" in result.stderr


def test_the_shipped_rules_prove_themselves() -> None:
    result = run("test")
    assert result.exit_code == 0
    assert result.stdout.endswith("0 failed\n")
    assert result.stderr == ""


def test_own_rules_that_hold_pass(own: Path) -> None:
    result = run("test", own)
    assert (result.exit_code, result.stdout) == (0, "1 rule, 3 sentences: 0 failed\n")


def test_failures_show_the_sentence_what_was_found_and_what_was_marked(own: Path) -> None:
    own.write_text(OWN.replace("贴出【黑榜】", "贴出【黑榜单】").replace("光荣榜", "红榜样"), "utf-8")
    result = run("test", own)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "ledger.own", "  sentence  贴出黑榜单", "  found     「黑榜」", "  marked    「黑榜单」",
        "ledger.own", "  sentence  红榜样", "  found     「红榜」", "  marked    nothing",
        "1 rule, 3 sentences: 2 failed",
    ]  # fmt: skip


def test_words_that_break_a_shipped_rule_fail(own: Path) -> None:
    own.write_text("[[words]]\nid = 'mechanism_care'\nextend = true\nlist = ['要带头学习']\n", "utf-8")
    result = run("test", own)
    assert result.exit_code == 1
    assert "  found     「领导要带头学习」" in result.stdout.splitlines()


def test_a_rule_that_no_step_reads_is_named(own: Path) -> None:
    own.write_text(OWN.replace("ledger.own", "weather.own"), "utf-8")
    result = run("test", own)
    assert result.exit_code == 0
    assert "weather.own: no step reads the family weather" in result.stderr


def test_a_bad_file_is_wrong_usage_everywhere(own: Path) -> None:
    own.write_text(OWN.replace("(?:红|黑)榜", "(?<!红\\u001b)榜"), "utf-8")
    for words in (["test"], ["list", "--rules"], ["explain", "榜", "--rules"]):
        result = run(*words, own)
        assert result.exit_code == 2
        assert "RE2" in result.stderr
        assert "\x1b" not in result.stderr
    extract = CliRunner().invoke(main, ["extract", "-", "--rules", str(own)], input="榜".encode())
    assert extract.exit_code == 2
    assert "RE2" in extract.stderr


def test_extract_uses_own_rules(own: Path) -> None:
    text = "各县区要贴出红榜。".encode()
    assert "ledger.own" in CliRunner().invoke(main, ["extract", "-", "--rules", str(own)], input=text).stdout
    assert "ledger.own" not in CliRunner().invoke(main, ["extract", "-"], input=text).stdout


def test_explain_shows_standing_rules_findings_and_refusals(own: Path) -> None:
    text = run("explain", "各县区要贴出红榜，坚持周调度。\n\n去年，全市完成投资30亿元。", "--rules", own).stdout
    for line in (
        "  requirement, in a passage of kind plan",
        "  matched   modal.must  「要」",
        "  matched   ledger.own  「红榜」",
        "  found     mechanism, ledger, required  by ledger.own  「红榜」",
        "  found     figure, result  by quantity.money  「30亿元」",
        "  refused   no measure: The sentence reports what was done. (standing.result)",
    ):
        assert line in text.splitlines()


def test_explain_reads_standard_input_and_words_and_refuses_nothing() -> None:
    assert run("explain", "-", stdin="各地要抓紧。".encode("gb18030")).stdout == run("explain", "各地要抓紧。").stdout
    assert run("explain", " ").exit_code == 2
    assert run("explain", "-", stdin=b"").exit_code == 2


def test_explain_is_a_view_of_the_same_record() -> None:
    rules = load_rules()
    for path in corpus_texts()[:6]:
        document = Document.of(path.read_text("utf-8"))
        record, explanation = analyse(document, rules, explain=True), explain(document, rules)
        statements = explanation.statements
        found = [finding.id for statement in statements for finding in statement.findings]
        every = [*record.mechanisms, *record.goals, *record.figures, *record.measures]
        assert sorted(found) == sorted(finding.id for finding in every)
        shown = {match.rule for statement in statements for match in statement.matches}
        assert {mechanism.rule for mechanism in record.mechanisms} <= shown
        refused = [*explanation.furniture, *(skip for statement in statements for skip in statement.refused)]
        assert isinstance(record.skipped, list)
        assert len(refused) == len(record.skipped)


def test_explain_fits_80_columns_and_lets_no_control_character_through() -> None:
    for path in corpus_texts()[:3]:
        lines = run("explain", "-", stdin=path.read_bytes()).stdout.splitlines()
        assert max(map(display_width, lines)) <= WIDTH
    assert "\x1b" not in run("explain", "各地要抓紧\x1b[31m投资30亿元。").stdout
