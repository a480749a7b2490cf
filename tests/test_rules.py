"""Every shipped rule finds exactly what its examples mark and nothing in its counterexamples."""

from pathlib import Path

import pytest

from speechmine.errors import SpeechmineError
from speechmine.rules import Rule, load_rules
from speechmine.rules.rule import quoted

RULES = load_rules().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_proves_itself(rule: Rule) -> None:
    for text, spans in rule.examples:
        found = tuple(quoted(match) for match in rule.finditer(text))
        assert found == spans, f"{text}: found {[text[a:b] for a, b in found]}, marked {[text[a:b] for a, b in spans]}"
    for text in rule.counterexamples:
        assert [quoted(match) for match in rule.finditer(text)] == [], text


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[rule]]\nid='a.b'\nsays='x'\npattern='周'\nexamples=['【周】']", "needs counterexamples"),
        ("[[rule]]\nid='a.b'\nsays='x'\npattern='周'\nexamples=['周']\ncounterexamples=['月']", "do not pair"),
        ("[[rule]]\nid='a.b'\nsays='x'\npattern='('\nexamples=['【周】']\ncounterexamples=['月']", "does not compile"),
        (
            "[[rule]]\nid='a.b'\nsays='x'\npattern='{no}'\nexamples=['【周】']\ncounterexamples=['月']",
            "unknown word list",
        ),
        ("[[words]]\nid='w'\nsays='x'\nlist=['周','周']", "stands twice"),
        ("[[words]]\nid='w'\nlist=['周']", "a word list has"),
        ("[[thing]]\nid='w'", "unknown table"),
        ("not toml", "not valid TOML"),
    ],
)
def test_a_bad_rule_file_is_refused_with_its_reason(toml: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(SpeechmineError, match=message):
        load_rules(path)
