"""Looking words up: fallback, attributes, variables, and what happens when one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.problems import Problem
from bot.content.texts import MissingText, Texts, read_texts


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    files = {
        "locales/en/a.ftl": "-brand = Aftermile\nhello = Hello { $name }, I am { -brand }.\n"
        "only = Only here\ncount = { $n ->\n    [one] one run\n   *[other] { $n } runs\n }\n",
        "locales/en/deep/b.ftl": "apart =\n    .why = Because\n",
        "locales/de/a.ftl": "-brand = Aftermile\nhello = Hallo { $name }!\ncount = { $m } Läufe\n",
        "tips/ice/en.ftl": "tip-ice = Cold pack\n    .how = Wrap it\n        and wait\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found: list[Problem] = []
    texts = read_texts(tmp_path, found)
    assert found == []
    return texts


def test_the_words_of_screens_and_tips_are_in_one_place(texts: Texts) -> None:
    assert texts.locales == ("de", "en")
    assert texts.say("en", "hello", name="Ana") == "Hello Ana, I am Aftermile."
    assert texts.say("en", "tip-ice.how") == "Wrap it\nand wait"
    assert texts.say("en", "apart.why") == "Because"


def test_a_variable_may_be_called_like_a_parameter(texts: Texts) -> None:
    assert texts.say("de", "hello", name="Ana", locale="xx", message_id="yy") == "Hallo Ana!"


@pytest.mark.parametrize("locale", ["de", "de-AT", "fr", "x"])
def test_what_a_locale_does_not_say_comes_in_english(texts: Texts, locale: str) -> None:
    assert texts.say(locale, "only") == "Only here"
    assert texts.has(locale, "only")


def test_a_region_uses_its_language(texts: Texts) -> None:
    assert texts.say("de-AT", "hello", name="Ana") == "Hallo Ana!"


def test_a_translation_with_a_variable_of_its_own_gives_way_to_english(texts: Texts) -> None:
    assert texts.say("de", "count", n=1) == "one run"
    assert texts.say("de", "count", n=3) == "3 runs"


@pytest.mark.parametrize("message_id", ["gone", "tip-ice.gone", "apart", ""])
def test_an_unknown_message_is_an_error_that_names_it(texts: Texts, message_id: str) -> None:
    assert not texts.has("en", message_id)
    with pytest.raises(MissingText, match=f"en: {message_id}: there is no such message"):
        texts.say("en", message_id)


def test_a_missing_variable_is_an_error_that_names_it(texts: Texts) -> None:
    with pytest.raises(MissingText, match="hello: Unknown external: name"):
        texts.say("en", "hello")


def test_a_message_with_attributes_only_has_no_text(texts: Texts) -> None:
    with pytest.raises(MissingText, match="attributes only"):
        texts.render("en", "apart", {})


def test_a_missing_text_is_a_key_error(texts: Texts) -> None:
    with pytest.raises(KeyError):
        texts.say("en", "gone")


def test_text_is_not_wrapped_in_direction_marks(texts: Texts) -> None:
    assert "\u2068" not in texts.say("en", "hello", name="Ana")


def test_samples_reach_every_variant(texts: Texts) -> None:
    assert texts.entries("en")["count"].samples == {"n": (1, 7)}
    assert texts.entries("en")["hello"].samples == {"name": ("sample",)}
