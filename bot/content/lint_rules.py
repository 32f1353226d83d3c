"""Whether the rules do what they say: lists, urgencies, examples, near misses, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.content.lint_tips import review_problems
from bot.content.model import Draft
from bot.content.parsing import RED_FLAGS
from bot.content.problems import Problem
from bot.domain.red_flags import Finding, Rule, SignList, Urgency
from bot.domain.triage import assess

CLINICAL: Final = "clinical"
EXAMPLE: Final = "example"
LONGEST_LIST: Final = {SignList.EMERGENCY: 8, SignList.SAME_DAY: 6}
"""More lines than these and runners stop reading (product rule)."""

_LEAST: Final = {SignList.EMERGENCY: Urgency.EMERGENCY, SignList.SAME_DAY: Urgency.URGENT}
_KEYS: Final = {SignList.EMERGENCY: "emergency_signs", SignList.SAME_DAY: "same_day_signs"}


def rule_problems(draft: Draft) -> Iterator[Problem]:
    """Report rules and lists that do not hold together."""
    yield from _ids(draft)
    for which in SignList:
        yield from _list(draft, which)
    yield from _coverage(draft)
    for place, rule in enumerate(draft.library.ruleset.rules):
        yield from _examples(draft, place, rule)
        yield from review_problems(draft, RED_FLAGS, ("rules", place), rule)


def _ids(draft: Draft) -> Iterator[Problem]:
    counts = Counter(rule.id for rule in draft.library.ruleset.rules)
    for place, rule in enumerate(draft.library.ruleset.rules):
        if counts[rule.id] > 1:
            where = ("rules", place, "id")
            yield draft.problem(RED_FLAGS, where, CLINICAL, f"the id {rule.id} is given twice")


def _list(draft: Draft, which: SignList) -> Iterator[Problem]:
    """Each line of a list, and "one or more" on its own, must reach the urgency of the list."""
    ruleset, where = draft.library.ruleset, (_KEYS[which],)
    signs = ruleset.signs(which)
    if not 0 < len(set(signs)) == len(signs) <= LONGEST_LIST[which]:
        message = f"1 to {LONGEST_LIST[which]} different signs, not {len(signs)}"
        yield draft.problem(RED_FLAGS, where, CLINICAL, message)
    for sign in (*signs, which.unspecified):
        if assess(frozenset({sign}), ruleset).urgency < _LEAST[which]:
            message = f"{sign} does not lead to {_LEAST[which].name.lower()}"
            yield draft.problem(RED_FLAGS, where, CLINICAL, message)


def _coverage(draft: Draft) -> Iterator[Problem]:
    ruleset = draft.library.ruleset
    spoken_of = {
        finding for rule in ruleset.rules for finding in (*rule.when.all_of, *rule.when.any_of)
    }
    for finding in Finding:
        if finding not in spoken_of:
            message = f"no rule speaks of {finding}"
            yield draft.problem(RED_FLAGS, ("rules",), CLINICAL, message)


def _examples(draft: Draft, place: int, rule: Rule) -> Iterator[Problem]:
    cases = (("examples", rule.examples, True), ("near_misses", rule.near_misses, False))
    for key, sets, fires in cases:
        if not sets:
            message = f"{rule.id} has no {key.replace('_', ' ')}"
            yield draft.problem(RED_FLAGS, ("rules", place), EXAMPLE, message)
        for number, findings in enumerate(sets):
            if rule.when.holds(frozenset(findings)) is not fires:
                verb = "does not fire" if fires else "fires"
                message = f"{rule.id} {verb} on {', '.join(findings)}"
                yield draft.problem(RED_FLAGS, ("rules", place, key, number), EXAMPLE, message)
