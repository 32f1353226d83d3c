"""Where it hurts: the question, its numbered buttons, and the map they belong to."""

from __future__ import annotations

from bot.domain.check_in import ELSEWHERE, NO, YES, CheckIn, Question
from bot.domain.pain import BACK_REGIONS, MODERATE, NUMBERED, BodyRegion
from bot.pictures import back_map
from bot.telegram.callbacks import AnswerTap, MapAnswerTap, MapTap
from bot.telegram.presenter.scene import Scene
from bot.telegram.screen import Attachment, Button, Rows, Screen


def ask_region(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    """Ask for the place on the back; from 5 on also whether it stops everyday things."""
    rows = [(_zone_key(scene, check_in, number),) for number in range(1, len(NUMBERED) + 1)]
    elsewhere = AnswerTap(check_in.id, Question.REGION, ELSEWHERE)
    rows.append((scene.key("region-else", elsewhere),))
    if (check_in.rating or 0) >= MODERATE:
        on = check_in.value(Question.DAILY_LIFE) == YES
        toggle = AnswerTap(check_in.id, Question.DAILY_LIFE, NO if on else YES)
        rows.append((scene.key(f"key-daily-life-{'on' if on else 'off'}", toggle),))
    rows.append((scene.key("key-map", MapTap(check_in.id)),))
    return scene.bold("question-reg"), tuple(rows)


def back_map_screen(scene: Scene, check_in_id: int) -> Screen:
    """Draw the map; its numbers stand right under it, so that nobody has to go back up."""
    zones = tuple(
        scene.key("key-zone", MapAnswerTap(check_in_id, region), number=number)
        for number, region in enumerate(NUMBERED, start=1)
    )
    rows: Rows = (zones, (scene.key("region-else", MapAnswerTap(check_in_id, ELSEWHERE)),))
    picture = Attachment(scene.picture(back_map.NAME), "back.png", "photo", lasting=True)
    return Screen(scene.say("back-map"), rows, attachment=picture, silent=True)


def _zone_key(scene: Scene, check_in: CheckIn, number: int) -> Button:
    """The numbers are those of the map."""
    region = NUMBERED[number - 1]
    place = scene.raw(f"region-{region}")
    tap = AnswerTap(check_in.id, Question.REGION, region)
    return scene.key("region-numbered", tap, number=number, place=place)


def ask_elsewhere(scene: Scene, check_in: CheckIn) -> tuple[str, Rows]:
    """Ask for the place when it is not the back."""
    places = [one for one in BodyRegion if one not in BACK_REGIONS]
    keys = [
        scene.key(f"region-{one}", AnswerTap(check_in.id, Question.ELSEWHERE, one))
        for one in places
    ]
    return scene.bold("question-els"), (tuple(keys[:2]), tuple(keys[2:]))
