"""Words that cannot be shown, or must not be said, are reported."""

from __future__ import annotations

import pytest

from bot.content.lint import lint

ICE_EN = "tips/ice/en.ftl"
SIGNS = "locales/en/signs.ftl"

# What is changed (file, old, new), then the file, the rule and part of the message expected.
BROKEN = {
    "render": (ICE_EN, "Cold pack", "{ tip-snow }", ICE_EN, "render", "tip-snow"),
    "empty": (ICE_EN, "Cold pack", '{ "" }', ICE_EN, "render", "tip-ice is empty"),
    "button-too-long": (
        ICE_EN,
        "Cold pack",
        "Cold pack, wrapped in a towel, then off",
        ICE_EN,
        "length",
        "39 characters, 34 fit",
    ),
    "text-too-long": (
        ICE_EN,
        "It can dull",
        "It can dull. " * 400,
        ICE_EN,
        "length",
        "4096 fit",
    ),
    "verdict": (ICE_EN, "It can dull", "It is normal. It can dull", ICE_EN, "wording", "normal"),
    "claim": (ICE_EN, "It can dull", "It treats pain. It can dull", ICE_EN, "wording", "treats"),
    "jargon": (
        ICE_EN,
        "the sore spot",
        "the thoracic spine",
        ICE_EN,
        "readability",
        "uses “thoracic”",
    ),
    "long-sentence": (
        ICE_EN,
        "Wrap a cold pack in a thin towel.",
        "Wrap a cold pack in a thin towel " * 3,
        ICE_EN,
        "readability",
        "a sentence of 33 words",
    ),
    "long-sign": (
        SIGNS,
        "A bad crash or fall, or",
        "A bad crash or a bad fall of any kind at all, or",
        SIGNS,
        "readability",
        "17 words, 12 fit",
    ),
    "commas": (
        ICE_EN,
        "Lay it on the sore spot",
        "Lay it, cold, wet, or dry, on the sore spot",
        ICE_EN,
        "readability",
        "5 commas, 2 fit",
    ),
    "alarm-on-a-contributor": (
        SIGNS,
        "Back tires easily",
        "Weakness in the back",
        SIGNS,
        "button-word",
        "“weakness”",
    ),
    "alarm-on-a-tip": (
        "tips/chest-stretch/en.ftl",
        "Doorway stretch",
        "Chest stretch",
        "tips/chest-stretch/en.ftl",
        "button-word",
        "“chest”",
    ),
    "alarm-on-a-place": (
        SIGNS,
        "region-other = Another place",
        "region-other = Jaw",
        SIGNS,
        "button-word",
        "“jaw”",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_broken_is_reported(copy, name: str) -> None:
    file, old, new, path, rule, message = BROKEN[name]
    copy.edit(file, old, new)
    found = copy.found(path, rule)
    assert any(message in one for one in found), found


def german(copy) -> None:
    """Give the copy a second locale that says everything, in English words."""
    for file in list(copy.root.rglob("*.ftl")):
        name = (
            file.relative_to(copy.root).as_posix().replace("en", "de")
            if "locales" in file.parts
            else None
        )
        target = copy.root / name if name else file.with_name("de.ftl")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text("utf-8"), "utf-8")


def test_a_complete_second_locale_is_clean_and_free_of_english_rules(copy) -> None:
    german(copy)
    copy.edit("tips/ice/de.ftl", "Cold pack", "Normal kalt")
    assert lint(copy.root) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    .stop =", "    .halt =", "tip-ice.stop is missing in de"),
        ("    .stop =", "    .halt =", "tip-ice.halt is not in en"),
        ("Take it off", "Take { $it } off", "must use the variables of en: none"),
    ],
)
def test_locales_say_the_same(copy, old: str, new: str, message: str) -> None:
    german(copy)
    copy.edit("tips/ice/de.ftl", old, new)
    found = [p.message for p in lint(copy.root) if p.rule == "parity"]
    assert [one for one in found if message in one], found


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Aftermile does not diagnose.", False),
        ("It can't treat you.", False),
        ("It detects what others miss.", True),
        ("A treatment plan for your back.", True),
        ("Clinically proven for runners.", True),
        ("Your AI doctor.", True),
        ("It looks normal.", True),
        ("Nothing abnormal there.", True),
        ("It will heal faster.", True),
        ("It prevents injuries.", True),
        ("It was not shown to prevent injuries.", False),
        ("Your back gets therapy.", True),
        ("Ask for a physiotherapist.", False),
        ("Don't worry.", True),
        ("It is probably not serious.", True),
        ("You're fine.", True),
        ("That's fine.", False),
        ("Take 400 mg.", True),
        ("Two hours later, take 2 tablets.", True),
        ("Ask which tablet suits you.", False),
        ("It helps the people who treat you.", False),
        ("It does not guess. It diagnoses.", True),
        ("Screens for serious causes.", True),
        ("At a screen, sit back.", True),
        ("There is nothing to worry about.", True),
        ("Not safe to run.", True),
        ("It reduces inflammation.", True),
        ("Ask about an anti-inflammatory.", False),
    ],
)
def test_claims_are_told_from_denials(copy, text: str, *, reported: bool) -> None:
    copy.add("locales/en/extra.ftl", f"extra = {text}\n")
    assert bool([p for p in lint(copy.root) if p.rule == "wording"]) is reported


def test_a_word_that_means_something_else_is_allowed_where_its_reason_stands(copy) -> None:
    copy.add("locales/en/extra.ftl", "extra = Lift the screen.\n")
    assert [p.message for p in lint(copy.root) if p.rule == "wording"] == [
        "extra claims “screen”"
    ], "the desk's screen in the tip about sitting is another matter"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Please call somebody " + "very " * 13 + "soon.", "a sentence of 17 words, 15 fit"),
        ("Please call somebody " + "very " * 11 + "soon.", None),
        ("Short. Very short. And this one is not too long either.", None),
        ("Rest, walk, eat and sleep.", None),
        ("Rest, walk. Eat, drink, sleep.", "has 3 commas, 2 fit"),
        ("The pain may persist.", "uses “persist”"),
        ("Do consult a doctor.", "uses “consult”"),
        ("Analgesic gel.", "uses “Analgesic”"),
        ("A healthcare professional.", "uses “healthcare”"),
        ("Dark urine.", "uses “urine”"),
        ("Dark pee.", None),
    ],
)
def test_every_screen_is_kept_plain_not_only_tips_and_signs(copy, text: str, message) -> None:
    copy.add("locales/en/extra.ftl", f"toast-extra = {text}\n")
    found = [p.message for p in lint(copy.root) if p.rule == "readability"]
    assert len(found) == (message is not None)
    assert all(message in one for one in found)


def test_every_variant_is_counted(copy) -> None:
    copy.add(
        "locales/en/extra.ftl",
        "extra = { $n ->\n    [one] one\n   *[other] " + "and " * 15 + "{ $n }\n }\n",
    )
    assert [p.message[:40] for p in lint(copy.root) if p.rule == "readability"] == [
        "extra has a sentence of 16 words, 15 fit"
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("key-extra = 0123456789012345678901234567890123456789x", "length"),
        (f"toast-extra = {'a' * 201}", "length"),
        (f"caption-extra = {'a' * 1025}", "length"),
        (
            'extra = { $kind ->\n    [one] fine\n   *[other]  { "" }\n }',
            "render",
        ),
        ("extra = { NUMBER($count, foo: 1) }", "render"),
    ],
)
def test_screens_are_checked_too(copy, text: str, rule: str) -> None:
    copy.add("locales/en/extra.ftl", f"{text}\n")
    found = [p for p in lint(copy.root) if p.path.endswith("extra.ftl")]
    assert rule in {problem.rule for problem in found}, found


def test_every_variant_of_a_text_is_rendered(copy) -> None:
    copy.add(
        "locales/en/extra.ftl",
        "extra = { $kind ->\n    [first] harmless\n   *[second] { $count ->\n"
        "       [one] one run\n      *[other] { $count } all-clear runs\n    }\n }\n",
    )
    said = [p.message for p in lint(copy.root)]
    assert "extra says “harmless”" in said
    assert "extra says “all-clear”" in said


def test_texts_may_use_numbers_dates_and_each_other(copy) -> None:
    copy.add(
        "locales/en/extra.ftl",
        'extra = { NUMBER($km) } km on { DATETIME($day, dateStyle: "short") } by { $name }\n'
        "again = Again: { extra }\n"
        "rounded = { NUMBER($km, maximumFractionDigits: 0) ->\n   *[other] far\n }{ NUMBER(3) }\n"
        "counted = { $n ->\n    [0] none\n    [one] one\n   *[other] { $n }\n }\n",
    )
    assert lint(copy.root) == []
