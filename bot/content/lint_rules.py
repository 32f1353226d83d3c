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
LONGEST_LIST: Final = {SignList.EMERGENCY: 8, SignList.SAME_DAY: 6, SignList.WEEKLY: 6}
"""More lines than these and runners stop reading (product rule)."""

_LEAST: Final = {
    SignList.EMERGENCY: Urgency.EMERGENCY,
    SignList.SAME_DAY: Urgency.URGENT,
    SignList.WEEKLY: Urgency.ROUTINE,
}
_KEYS: Final = {
    SignList.EMERGENCY: "emergency_signs",
    SignList.SAME_DAY: "same_day_signs",
    SignList.WEEKLY: "weekly_signs",
}
_ASKED_WITH: Final = {SignList.WEEKLY: frozenset({Finding.PAIN})}
"""What is known whenever a list is shown: the weekly one only beside pain."""


def rule_problems(draft: Draft) -> Iterator[Problem]:
    """Report rules and lists that do not hold together."""
    yield from _ids(draft)
    for which in SignList:
        yield from _list(draft, which)
    yield from _coverage(draft)
    for place, rule in enumerate(draft.library.ruleset.rules):
        yield from _examples(draft, place, rule)
        yield from _repeats(draft, place, rule)
        yield from review_problems(draft, RED_FLAGS, ("rules", place), rule)


def _ids(draft: Draft) -> Iterator[Problem]:
    counts = Counter(rule.id for rule in draft.library.ruleset.rules)
    for place, rule in enumerate(draft.library.ruleset.rules):
        if counts[rule.id] > 1:
            where = ("rules", place, "id")
            yield draft.problem(RED_FLAGS, where, CLINICAL, f"the id {rule.id} is given twice")


def _list(draft: Draft, which: SignList) -> Iterator[Problem]:
    """Each line of a list must reach the list's least urgency, and an unnamed one its highest."""
    ruleset, where = draft.library.ruleset, (_KEYS[which],)
    signs = ruleset.signs(which)
    if not 0 < len(set(signs)) == len(signs) <= LONGEST_LIST[which]:
        message = f"1 to {LONGEST_LIST[which]} different signs, not {len(signs)}"
        yield draft.problem(RED_FLAGS, where, CLINICAL, message)
    known = _ASKED_WITH.get(which, frozenset())
    for sign, least in (
        *((sign, _LEAST[which]) for sign in signs),
        (which.unspecified, which.urgency),
    ):
        if assess(known | {sign}, ruleset).urgency < least:
            message = f"{sign} does not lead to {least.name.lower()}"
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


def _repeats(draft: Draft, place: int, rule: Rule) -> Iterator[Problem]:
    """A rule has one way to repeat, and only what can wait falls silent at the runner's word."""
    where = ("rules", place)
    if rule.once_per_episode and (rule.again_after or rule.until_acknowledged):
        yield draft.problem(RED_FLAGS, where, CLINICAL, f"{rule.id} is told once and again")
    if rule.urgency.escalates and (rule.again_after or rule.until_acknowledged or rule.firm):
        message = f"{rule.id} is too urgent to fall silent or to be told softly"
        yield draft.problem(RED_FLAGS, where, CLINICAL, message)


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
