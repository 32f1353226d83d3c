"""How a sign is meant where it stands, in a language of a few words."""

import pytest
from support.small_lexicon import reader

from bot.domain.red_flags import Finding
from bot.reading.findings import Status

READER = reader()


def meant(text, finding=Finding.CHEST_PAIN):
    """How the one mention of a finding is meant."""
    (status,) = [one.status for one in READER.read(text).mentions if one.finding is finding]
    return status


def check(status, *texts, finding=Finding.CHEST_PAIN):
    assert {text: meant(text, finding) for text in texts} == dict.fromkeys(texts, status)


def test_what_is_simply_said_is_stated():
    check(Status.STATED, "chest pain", "I have chest pain", "hurts a lot in my chest")


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "no fever or chest pain",
        "no fever, cancer, or chest pain",
        "no chest pain, cancer or fever",
        "not sick, tired or chest pain",
        "never chest pain",
        "without fever and chest pain",
        "I can't chest pain",
    ],
)
def test_a_denial_reaches_what_follows_it(text):
    assert meant(text) is Status.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "no fever but chest pain",
        "no fever. chest pain",
        "no fever it is chest pain",
        "not tired, chest pain",
        "no one two three four five six seven eight nine ten eleven chest pain",
        "no doubt chest pain",
        "can't shake it, chest pain",
    ],
)
def test_a_denial_of_something_else_is_none_of_this(text):
    assert meant(text) is Status.STATED


def test_a_denial_that_is_denied_in_turn_states_the_sign():
    assert meant("can't go out for one run without chest pain") is Status.STATED
    assert meant("I go out for one run without chest pain") is Status.DENIED


def test_a_bare_comma_may_end_a_denial_and_is_asked_about():
    assert meant("no fever, chest pain") is Status.POSSIBLE


def test_a_denial_behind_a_joining_word_goes_on():
    assert meant("no pain in my chest") is Status.DENIED


def test_not_within_a_sign_denies_it():
    check(Status.DENIED, "legs are not numb", finding=Finding.BOTH_LEGS)
    check(Status.STATED, "legs are all numb", finding=Finding.BOTH_LEGS)
    check(Status.STATED, "legs have not gone, numb", finding=Finding.BOTH_LEGS)


def test_a_negative_word_of_the_sign_itself_denies_nothing():
    check(Status.STATED, "I can't feel my legs", "cant feel legs", finding=Finding.BOTH_LEGS)


@pytest.mark.parametrize(
    "text",
    [
        "chest pain: no",
        "chest pain? nope",
        "chest pain no, fever yes",
        "chest pain no but fever",
        "chest pain is not there",
        "chest pain fine",
        "is there chest pain or a fever or cancer? no",
        "is there chest pain? no I rest",
        "chest pain or fever or cancer, no",
    ],
)
def test_an_answer_behind_it_denies_it(text):
    assert meant(text) is Status.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "chest pain no idea",
        "chest pain. fine weather",
        "chest pain but fine",
        "chest pain no end",
        "chest pain, no end of it",
        "chest pain and one two three. no",
        "chest pain one two three four five six seven eight nine ten, no",
        "chest pain. I ran. then? no, later",
    ],
)
def test_a_no_that_answers_something_else_denies_nothing(text):
    assert meant(text) is Status.STATED


@pytest.mark.parametrize(
    "text",
    [
        "my dad has chest pain",
        "he has chest pain",
        "my dad rests. chest pain all day",
        "pain he has in the chest",
        "i saw that he has chest pain",
    ],
)
def test_a_sign_belongs_to_the_nearest_person(text):
    assert meant(text) is Status.SOMEONE_ELSE


@pytest.mark.parametrize(
    "text",
    [
        "my dad drove and I have chest pain",
        "my dad drove. my chest pain",
        "I rest. chest pain all day",
        "he drove. i rest. chest pain",
        "he rests. chest pain is what i mean",
        "pain I have in the chest",
    ],
)
def test_a_sign_is_the_runners_own_where_the_runner_is_nearer(text):
    assert meant(text) is Status.STATED


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("he has chest pain right now", True),
        ("he has chest pain, help", True),
        ("he has chest pain", False),
        ("he had chest pain years ago, help", False),
        ("what if he has chest pain right now", False),
        ("he has chest pain right now, all clear", False),
        ("he has a fever right now", False),
    ],
)
def test_somebody_else_counts_in_an_emergency_that_is_there_now(text, counts):
    found = {one.finding for one in READER.read(text).mentions}
    assert (Finding.SOMEONE_ELSE in found) is counts


@pytest.mark.parametrize(
    "text",
    [
        "what if chest pain comes",
        "symptoms of chest pain",
        "what if I have chest pain",
        "if chest pain comes",
        "I have read symptoms of chest pain",
    ],
)
def test_what_is_only_supposed_is_general(text):
    assert meant(text) is Status.GENERAL


def test_what_is_stated_after_all_counts():
    assert meant("what if it breaks and so I have chest pain") is Status.STATED
    assert meant("I have to know if chest pain") is Status.POSSIBLE
    assert meant("if I have chest pain") is Status.POSSIBLE


def test_a_question_about_ones_own_sign_may_mean_it():
    assert meant("is it normal with chest pain") is Status.POSSIBLE
    assert meant("is it normal, I have chest pain") is Status.STATED
    assert meant("is it normal, chest pain now") is Status.STATED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("chest pain years ago", Status.OLD),
        ("chest pain. that was years ago", Status.OLD),
        ("years ago but chest pain", Status.STATED),
        ("years ago chest pain but fine shoes", Status.OLD),
        ("chest pain now, knee years ago", Status.STATED),
        ("chest pain went away", Status.OVER),
        ("chest pain. it went away", Status.OVER),
        ("chest pain, all clear", Status.POSSIBLE),
        ("maybe chest pain", Status.POSSIBLE),
        ("maybe it rains but chest pain", Status.STATED),
    ],
)
def test_what_is_past_or_unsure(text, status):
    assert meant(text) is status


def test_a_list_that_or_closes_is_denied_to_its_end_however_long_it_is():
    many = ", ".join(["fever", "cancer"] * 8)
    check(Status.DENIED, f"no {many} or chest pain", f"no chest pain, {many} or nausea")


@pytest.mark.parametrize(
    "text",
    [
        f"no {', '.join(['fever'] * 12)}, chest pain",
        f"no {', '.join(['fever'] * 8)} or fever. chest pain",
        f"no {', '.join(['fever'] * 8)} or fever but chest pain",
        f"no {'fever, ' * 8} cancer or one two three four five six chest pain",
    ],
)
def test_what_comes_after_the_list_is_not_denied_by_it(text):
    assert meant(text) is not Status.DENIED


def test_who_was_only_there_does_not_have_the_sign():
    check(Status.STATED, "ran with my dad, chest pain", "told my dad chest pain")
    check(Status.SOMEONE_ELSE, "ran, my dad chest pain")


def test_what_is_told_in_the_present_is_not_old():
    check(Status.STATED, "fell years ago, have chest pain", "is chest pain, fell years ago")
    check(Status.OLD, "chest pain years ago", "years ago it was a chest pain")
    check(Status.OLD, "what I have, chest pain years ago")


def test_a_sentence_that_asks_from_its_first_word_on_asks():
    check(Status.POSSIBLE, "do many get chest pain?", "Do I have chest pain?")
    check(Status.STATED, "do many get chest pain", "is it bad that I have chest pain?")


def in_danger(text):
    found = {one.finding for one in READER.read(text).mentions}
    return Finding.SOMEONE_ELSE in found


def test_somebody_else_is_in_danger_now_if_the_sentence_says_so_or_one_beside_it_calls_for_help():
    assert in_danger("my dad fainted right now")
    assert in_danger("my dad fainted. Help")
    assert in_danger("Help. my dad fainted")
    assert not in_danger("my dad fainted. I run right now")
    assert not in_danger("Help me with a plan. I run a lot. my dad fainted")
