"""Tips and signs can be read by an eleven-year-old, measured per pack of texts."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import textstat

from bot.content.texts import read_texts

SIGNS = "/signs.ftl"
HARDEST_GRADE = 6.0
ENOUGH_WORDS = 100
"""Below this the formulas swing too much to mean anything."""


def packs() -> dict[str, str]:
    """The texts of each tip, the signs, and everything together, as prose with full stops."""
    texts = read_texts(Path(__file__).parents[2] / "content", [])
    lines: dict[str, list[str]] = defaultdict(list)
    for id_, entry in texts.entries("en").items():
        if "/tips/" in entry.path or (SIGNS in entry.path and id_.startswith("sign-")):
            said = [
                line if re.search(r"[.!?]$", line) else f"{line}."
                for line in texts.say("en", id_).splitlines()
            ]
            lines[entry.path] += said
            lines["all tips and signs"] += said
    return {name: " ".join(said) for name, said in lines.items()}


PACKS = packs()


@pytest.mark.parametrize("name", sorted(PACKS))
def test_pack_stays_at_grade_six(name: str) -> None:
    text = PACKS[name]
    if len(text.split()) < ENOUGH_WORDS:
        text = f"{text} {PACKS['all tips and signs']}"
    assert textstat.flesch_kincaid_grade(text) <= HARDEST_GRADE


def test_the_measure_can_tell() -> None:
    jargon = (
        "Individuals experiencing persistent thoracic discomfort should consult a specialist. "
    )
    assert textstat.flesch_kincaid_grade(jargon * 15) > HARDEST_GRADE
