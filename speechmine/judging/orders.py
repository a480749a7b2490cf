"""What a sentence or clause does by its own words: requires, promises, orders, reports as done."""

from speechmine.finding.owners import acting_subject, asked_bodies
from speechmine.patterns import compiled
from speechmine.rules import RuleBook

_CLAUSE = compiled(r"[^,:]+")
_QUOTATION = compiled(r"(^|[^,:])(“[^“”。;]{0,30}”)")  # after a comma or colon somebody speaks: that is no name
_REQUIRING = "modal.must modal.prohibit modal.hope modal.ask"
_SEVERAL = 2


def without_quotations(text: str) -> str:
    """Blank out what stands between quotation marks, length kept: “经济要稳住”这个要求 requires nothing itself.

    >>> without_quotations("围绕“经济要稳住”,抓项目")
    '围绕“     ”,抓项目'
    """
    return (
        text
        if "“" not in text
        else _QUOTATION.sub(lambda match: match[1] + "“" + " " * (len(match[2]) - 2) + "”", text)
    )


def clauses(text: str, rules: RuleBook) -> list[tuple[int, str]]:
    """Return the clauses of a statement with the place each starts at.

    >>> from speechmine.rules import load_rules
    >>> clauses("下一步,要抓紧", load_rules())
    [(0, '下一步'), (4, '要抓紧')]
    """
    return rules.kept(_clauses)[text]


def _clauses(text: str, rules: RuleBook) -> list[tuple[int, str]]:
    found = [(match.start(), match[0]) for match in _CLAUSE.finditer(text)]
    rules.calls.lend(text, (clause for _, clause in found))
    return found


def requires(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence or clause carries a modal that requires, wherever it stands."""
    return rules.kept(_requires)[text]


def _requires(text: str, rules: RuleBook) -> bool:
    return rules.first(_REQUIRING, text) is not None


def undertakes(text: str, rules: RuleBook) -> bool:
    """Say whether a clause promises what the speaker's own body will do: not a forecast, not done already."""
    plan, done = rules.rule("modal.plan"), rules.rule("done.mark")
    if rules.first("forecast", text) or not plan.may_match(text):
        return False
    return any(plan.search(clause) and not done.search(clause) for _, clause in clauses(text, rules))


def is_order(clause: str, rules: RuleBook) -> bool:
    """Say whether a clause without a modal is an imperative: a verb of doing opens it, or a body that acts."""
    return rules.kept(_is_order)[clause]


def _is_order(clause: str, rules: RuleBook) -> bool:
    if rules.first("described done.mark", clause):
        return False
    bare = rules.rule("imperative.bare").search(clause)
    if bare and (bare["quote"] is None or _acts(clause, rules)):
        return True
    if rules.rule("modal.strive").search(clause):
        return True
    return acting_subject(clause, rules) is not None or bool(asked_bodies(clause, rules))


def _acts(clause: str, rules: RuleBook) -> bool:
    """Say whether a clause names an act: 对欠账逐项清偿 does, 对肥东来说 only opens like an order."""
    return any(rules.any_of(words).search(clause) is not None for words in ("action.verb", "act.rare"))


def goes_on(text: str, rules: RuleBook) -> bool:
    """Say whether a point goes on with the order before it in its sentence: 重点推进甲项目;乙项目,实现突破."""
    return any(rules.rule("imperative.bare").search(clause) for _, clause in clauses(text, rules))


def opens_with_order(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence opens with a bare verb of doing.

    >>> from speechmine.rules import load_rules
    >>> opens_with_order("加快修复道路,做好保供", load_rules()), opens_with_order("道路已经修复", load_rules())
    (True, False)
    """
    return rules.rule("imperative.bare").search(text) is not None


def orders_in_a_plan(text: str, announced: bool, rules: RuleBook) -> bool:
    """Say whether a sentence without a modal, in a plan, tells somebody to do something.

    Args:
        text: The clean words, quotations blanked out.
        announced: Whether a heading or lead announced the plan: then a rhythm, a deadline or a sanction orders too.
        rules: The rule book.
    """
    if rules.first("attitude described done.time", text) or _is_done(text, rules):
        return False
    parts = [
        clause for _, clause in clauses(text, rules) if clause.strip(" “”") and not rules.rule("aside").search(clause)
    ]
    if _opens_with_order(parts, rules):
        return True
    if rules.first("state", text):
        return False
    # 紧贴民生补短板,加快管网改造,推进学校建设: the verb that opens it is rare, those that follow are not.
    if sum(rules.rule("imperative.bare").search(clause) is not None for clause in parts[1:]) >= _SEVERAL:
        return True
    return announced and rules.first("order", text) is not None and not rules.rule("done.word").search(text)


def _opens_with_order(parts: list[str], rules: RuleBook) -> bool:
    """Say whether the first clause that is no condition is an imperative."""
    for clause in parts:
        if is_order(clause, rules):
            return True
        if not rules.rule("condition").search(clause):
            return False
    return False


def _is_done(text: str, rules: RuleBook) -> bool:
    """Say whether a sentence reports something as done, other than in a condition (对已建成的,…)."""
    done, condition = rules.rule("done.mark"), rules.rule("condition")
    return done.may_match(text) and any(
        done.search(clause) and not condition.search(clause) for _, clause in clauses(text, rules)
    )
