"""Content that cannot be read, lacks its shape or names what is not there is reported."""

from __future__ import annotations

import pytest

from bot.content.lint import lint

ICE = "tips/ice/tip.yaml"
ICE_EN = "tips/ice/en.ftl"
ROLLS = "tips/shoulder-rolls/tip.yaml"
RULES = "red_flags.yaml"
SIGNS = "locales/en/signs.ftl"

# What is changed (file, old, new), then the file, the rule and part of the message expected.
BROKEN = {
    "yaml-syntax": (ICE, "kind: ", "kind: [", ICE, "parse", "expected"),
    "yaml-key-twice": (ICE, "id: ice", "id: ice\nid: ice", ICE, "parse", "id is given twice"),
    "fluent-syntax": (ICE_EN, "    .dose =", "    .dose", ICE_EN, "line-start", "* [ or ."),
    "fluent-junk": (ICE_EN, "tip-ice =", "tip ice =", ICE_EN, "parse", "Expected"),
    "line-starts-with-star": (
        ICE_EN,
        "        Not on numb",
        "        * Not on numb",
        ICE_EN,
        "line-start",
        "* [ or .",
    ),
    "unknown-field": (ICE, "rank:", "rnak:", ICE, "shape", "rnak"),
    "unknown-value": (ICE, "kind: treatment", "kind: magic", ICE, "shape", "kind"),
    "unknown-finding": (RULES, "  - dark-urine", "  - dark-beer", RULES, "shape", "signs.7"),
    "unknown-urgency": (
        RULES,
        "urgency: routine",
        "urgency: soonish",
        RULES,
        "shape",
        "soonish is no urgency",
    ),
    "urgency-as-number": (RULES, "urgency: urgent", "urgency: 2", RULES, "shape", "2 is no"),
    "urgency-missing": (
        RULES,
        "    urgency: routine\n",
        "",
        RULES,
        "shape",
        "urgency: Field required",
    ),
    "rules-missing": (RULES, "\nrules:", "\nrulez:", RULES, "shape", "rules"),
    "rule-is-no-mapping": (RULES, "\nrules:", "\nrules:\n  - word", RULES, "shape", "rules.0"),
    "unknown-source-of-tip": (
        ICE,
        "sources: [",
        "sources: [hearsay, ",
        ICE,
        "reference",
        "no source hearsay",
    ),
    "unknown-source-of-rule": (
        RULES,
        "sources: [niosh-rhabdo]",
        "sources: [niosh-rhabdo, hearsay]",
        RULES,
        "reference",
        "no source hearsay",
    ),
    "unknown-source-of-number": (
        "emergency_numbers.yaml",
        "source: general,",
        "source: rumour,",
        "emergency_numbers.yaml",
        "reference",
        "no source rumour",
    ),
    "unused-source": (
        RULES,
        "sources: [niosh-rhabdo]",
        "sources: [nhs-back-pain]",
        "sources.yaml",
        "reference",
        "nothing uses the source niosh-rhabdo",
    ),
    "source-without-link": (
        "sources.yaml",
        "link: https://www.cdc.gov",
        "link: http://www.cdc.gov",
        "sources.yaml",
        "reference",
        "niosh-rhabdo has no https link",
    ),
    "unknown-movement": (
        ROLLS,
        "movement: shoulder-rolls",
        "movement: flying",
        ROLLS,
        "reference",
        "no movement flying",
    ),
    "id-is-not-the-folder": (ICE, "id: ice", "id: snow", ICE, "shape", "must be ice"),
    "topic-without-name": (
        ICE,
        "topic: easing",
        "topic: winter",
        ICE,
        "reference",
        "no text topic-winter",
    ),
    "again-after-no-length": (RULES, "P7D", "weekly", RULES, "shape", "again_after"),
    "finding-without-name": (
        SIGNS,
        "finding-puffy =",
        "finding-puffed =",
        RULES,
        "reference",
        "no text finding-puffy",
    ),
    "escalating-finding-without-words": (
        SIGNS,
        "sign-fainted =\n    .tell",
        "sign-fainted =\n    .told",
        RULES,
        "reference",
        "no text sign-fainted.tell",
    ),
    "words-for-self-harm": (
        SIGNS,
        "sign-fainted =\n",
        "sign-self-harm =\n    .tell = I want to die.\nsign-fainted =\n",
        SIGNS,
        "reference",
        "nothing uses the text sign-self-harm",
    ),
    "tip-without-part": (ICE_EN, ".stop =", ".halt =", ICE, "reference", "tip-ice.stop"),
    "text-nobody-uses": (
        ICE_EN,
        ".stop =",
        ".halt =",
        ICE_EN,
        "reference",
        "nothing uses the text tip-ice.halt",
    ),
    "sign-without-button": (
        SIGNS,
        "    .button = Bad crash or fall\n",
        "",
        RULES,
        "reference",
        "sign-bad-crash.button",
    ),
    "place-without-label": (
        SIGNS,
        "region-neck =",
        "region-nek =",
        RULES,
        "reference",
        "no text region-neck",
    ),
    "said-twice": (ICE_EN, "tip-ice =", "topic-help =", ICE_EN, "duplicate", "topic-help"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_broken_is_reported(copy, name: str) -> None:
    file, old, new, path, rule, message = BROKEN[name]
    copy.edit(file, old, new)
    found = copy.found(path, rule)
    assert any(message in one for one in found), found


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        (RULES, "parse", "missing"),
        ("sources.yaml", "parse", "missing"),
        ("emergency_numbers.yaml", "parse", "missing"),
        ("locales", "parse", "no text"),
        (ICE_EN, "reference", "no text tip-ice"),
        (ICE, "reference", "nothing uses the text tip-ice"),
    ],
)
def test_a_missing_file_is_reported(copy, name: str, rule: str, message: str) -> None:
    copy.remove(name)
    if name == "locales":
        for file in copy.root.glob("tips/*/en.ftl"):
            file.unlink()
    problems = lint(copy.root)
    assert [p for p in problems if p.rule == rule and message in p.message], problems


@pytest.mark.parametrize("name", [ICE, ICE_EN])
def test_a_file_in_another_encoding_is_reported(copy, name: str) -> None:
    (copy.root / name).write_bytes("id: é".encode("latin-1"))
    assert f"content/{name}:1: parse: the file is not UTF-8" in map(str, lint(copy.root))


def test_problems_point_at_the_line(copy) -> None:
    copy.edit(RULES, "examples: [[dark-urine], [pain, dark-urine]]", "examples: [[pain]]")
    lines = (copy.root / RULES).read_text("utf-8").splitlines()
    (problem,) = lint(copy.root)
    assert lines[problem.line - 1].strip() == "examples: [[pain]]"
    assert str(problem).startswith(f"content/{RULES}:{problem.line}: example: ")


def test_shape_problems_stand_alone(copy) -> None:
    """What does not parse is mended first; a lint over half the content would mislead."""
    copy.edit(ICE, "pain: [1, 10]", "pain: [1, many]")
    copy.edit(ICE_EN, "It can dull", "It is normal. It can dull")
    assert {problem.rule for problem in lint(copy.root)} == {"shape"}
