"""The content lint: one list of problems, the same in CI, in tests and at every start.

It works in two steps, as a compiler does: files that cannot be read or lack their shape are
reported alone; only content that parses is asked whether it makes sense.
"""

from __future__ import annotations

from pathlib import Path

from bot.content.grades import grade_problems, measure
from bot.content.lint_buttons import button_problems
from bot.content.lint_lexicon import lexicon_problems
from bot.content.lint_readability import readability_problems
from bot.content.lint_references import reference_problems
from bot.content.lint_rules import rule_problems
from bot.content.lint_texts import text_problems
from bot.content.lint_tips import tip_problems
from bot.content.lint_wording import wording_problems
from bot.content.model import Draft, Library
from bot.content.parsing import parse
from bot.content.problems import Problem


def lint(root: Path) -> list[Problem]:
    """Check the content folder; an empty list means that it may be used."""
    draft, problems = parse(root)
    return sorted(problems) if draft is None else problems_of(draft)


def problems_of(draft: Draft) -> list[Problem]:
    """Check content that has its shape."""
    return sorted(
        problem
        for part in (
            reference_problems,
            rule_problems,
            tip_problems,
            text_problems,
            wording_problems,
            readability_problems,
            button_problems,
            lexicon_problems,
        )
        for problem in part(draft)
    )


def check(root: Path) -> tuple[list[Problem], str]:
    """Check the folder and sum it up in one line, for `aftermile check-content`.

    Where the library for it is installed, packs of texts are graded for reading as well.
    """
    draft, problems = parse(root)
    if draft is None:
        return sorted(problems), _verdict(len(problems))
    problems, grade = problems_of(draft), measure()
    if grade is not None:
        problems = sorted([*problems, *grade_problems(draft, grade)])
    ungraded = "" if grade else " Reading grades not measured: textstat is not installed."
    return problems, f"{_counted(draft.library)}.{ungraded} {_verdict(len(problems))}"


def _verdict(count: int) -> str:
    if not count:
        return "No problems."
    return "1 problem." if count == 1 else f"{count} problems."


def _counted(library: Library) -> str:
    reviews = [tip.reviewed_by for tip in library.tips]
    reviews += [rule.reviewed_by for rule in library.ruleset.rules]
    return ", ".join(
        (
            f"{len(library.tips)} tips",
            f"{len(library.ruleset.rules)} rules (ruleset {library.ruleset.hash})",
            f"{len(reviews) - reviews.count(None)} signed by a clinician",
            f"{len(library.sources)} sources",
            f"{len(library.movements)} movements",
            f"{len(library.numbers.countries)} countries",
            f"lexicons: {' '.join(sorted(library.grammars))}",
            f"locales: {' '.join(library.texts.locales)}",
        )
    )
