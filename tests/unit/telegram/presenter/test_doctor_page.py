"""The page for a doctor, opened with another library than the one that made it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import ImageChops
from support.every_notice import crowded, summaries
from support.made import NOON, check_in, rated, runner
from support.pdf import Pdf

from bot.domain.check_in import CheckInKind, Closed, Kept, Question
from bot.domain.escalation import Cleared, Escalation, Reached, gone
from bot.domain.pain import BodyRegion, Contributor, Effect
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import AgeBand, Condition, Profile
from bot.domain.schedule import Run
from bot.domain.trends import ratings
from bot.pictures.doctor_page import print_sheet
from bot.services.notices import Advised, SignReport, Span, Summary, TriedTip
from bot.telegram.presenter import doctor_page
from bot.telegram.presenter.doctor_chart import chart_of
from bot.telegram.presenter.doctor_page import ROOMS, doctor_pdf, sheet_of

A4, LETTER = (595, 842), (612, 792)
DAY = timedelta(days=1)
SINCE = NOON - 14 * DAY
ESCALATION = Escalation(1, Urgency.URGENT, frozenset({Finding.ONE_LIMB}), NOON)


def some(*check_ins, **fields):
    """A fortnight's summary with these check-ins."""
    return Summary(
        Span.TWO_WEEKS, SINCE, NOON, asked=check_ins, ratings=ratings(check_ins), **fields
    )


def days_ago(days, rating, kind=CheckInKind.ASKED, **fields):
    return rated(rating, at=NOON - days * DAY, kind=kind, **fields)


@pytest.fixture
def printed(scene):
    """Print a summary as it is sent."""

    def pdf(summary, who=runner()):  # noqa: B008 - a frozen record
        return Pdf(doctor_pdf(scene(who), summary))

    return pdf


@pytest.mark.parametrize("country", ["DE", "US", None])
def test_it_is_one_page_however_much_there_is(printed, country):
    for summary in summaries():
        assert printed(summary, runner(country=country)).pages == 1


def test_what_does_not_fit_is_counted(printed):
    text = printed(crowded(Span.SIX_WEEKS, 42)).text
    for left_out in (
        "earlier ones are left out",
        "more tips are left out",
        "reasons are left out",
    ):
        assert re.search(rf"\d+ (?:more )?{left_out}", text), left_out
    assert re.search(r"and \d more", text), "findings of one row"


def test_letters_never_get_smaller_to_make_it_fit(printed):
    assert printed(crowded(Span.ALL, 700)).smallest_letter == 8.5


def test_where_no_room_is_small_enough_more_pages_are_better_than_none(printed, monkeypatch):
    monkeypatch.setattr(doctor_page, "ROOMS", ROOMS[:1])
    assert printed(crowded(Span.SIX_WEEKS, 42)).pages > 1


@pytest.mark.parametrize(
    ("country", "size"), [("DE", A4), ("GB", A4), ("US", LETTER), ("MX", LETTER), (None, A4)]
)
def test_the_paper_is_that_of_the_country(printed, country, size):
    assert printed(some(), runner(country=country)).size == size


def test_it_is_tagged_and_has_a_title_and_a_language(printed):
    content = printed(some(days_ago(1, 4))).content
    for mark in (b"/StructTreeRoot", b"/Lang(en)", b"/Marked true", b"/DisplayDocTitle true"):
        assert mark in content
    assert b"pdfuaid" in content
    assert content.count(b"/Alt(") == 1, "the chart, in words"


@pytest.mark.parametrize(
    "city",
    [
        "São Tomé",
        "Łódź & Çorlu",
        "Đà Nẵng",
        "#strong[x] $1$ @a <b>",
        '"\\',
        "東京",
        "🏃",
        "x" * 200,
    ],
)
def test_no_name_breaks_it_or_is_read_as_markup(printed, city):
    pdf = printed(some(), runner(city=city))
    assert pdf.pages == 1
    if city.isascii() and len(city) < 50:
        assert f"{city} time" in pdf.text


def test_an_empty_record_says_that_nothing_was_told(printed):
    text = printed(some(), runner(profile=None)).text
    for line in (
        "None in this time.",
        "were never answered “none of these”",
        "No pain ratings in this time. 0 of 0 check-ins were answered.",
        "This spell of pain: none now",
        "Everyday life: not asked in this time (only at pain 5 or more)",
        "0 runs",
        "not asked yet",
    ):
        assert line in text, line


def test_the_scores_are_those_of_the_ratings(printed):
    text = printed(
        some(
            days_ago(12, 9, CheckInKind.SOON_AFTER),
            days_ago(10, 4, CheckInKind.SOON_AFTER),
            days_ago(9, 6, CheckInKind.MORNING),
            days_ago(2, 3, CheckInKind.SOON_AFTER),
            days_ago(1, 2),
            check_in(at=NOON - DAY, closed=Closed.EXPIRED),
        )
    ).text
    assert "After a run 3 (8 Jun) 3.0 (n = 1) 6.5 (n = 2) 5.3 (n = 3) 9 (29 May)" in text
    assert "Next morning 6 (1 Jun) — 6.0 (n = 1) 6.0 (n = 1) 6 (1 Jun)" in text
    assert "Other times 2 (9 Jun) 2.0 (n = 1) — 2.0 (n = 1) 2 (9 Jun)" in text
    assert "All 2 (9 Jun) 2.5 (n = 2) 6.3 (n = 3) 4.8 (n = 5) 9 (29 May)" in text
    assert "5 of 6 check-ins were answered." in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Open, not seen"),
        ({"reached": Reached.ON_THE_WAY}, "Open, on the way to help"),
        ({"gone_at": NOON - DAY}, "Open, gone since 9 Jun"),
        ({"cleared": Cleared.SEEN}, "Seen, 10 Jun"),
        ({"cleared": Cleared.CHECKED}, "Doctor or crew checked, 10 Jun"),
        ({"cleared": Cleared.GONE}, "Gone for a day, 10 Jun"),
        ({"cleared": Cleared.REPLACED}, "Went on as the one of 10 Jun, 14:00"),
    ],
)
def test_a_sign_is_told_with_its_date_and_what_became_of_it(printed, fields, said):
    cleared_at = NOON if "cleared" in fields else None
    escalation = replace(ESCALATION, cleared_at=cleared_at, **fields)
    report = SignReport(NOON - 2 * DAY, Urgency.URGENT, (Finding.ONE_LIMB,), escalation)
    text = printed(some(signs=(report,))).text
    assert f"8 Jun, 14:00 One arm, hand or leg numb or weak Be seen today {said}" in text


def test_a_slower_sign_has_the_runner_s_own_word(printed):
    report = SignReport(NOON, Urgency.ROUTINE, (Finding.MEAL_PAIN,), None, "booked")
    assert "Be seen within days Says: has an appointment" in printed(some(signs=(report,))).text
    report = replace(report, word=None)
    assert "Be seen within days Not told" in printed(some(signs=(report,))).text


def test_advice_tips_runs_and_answers_are_counted(printed):
    told = {Urgency.EMERGENCY: 1, Urgency.ROUTINE: 3, Urgency.SELF_CARE: 12}
    run = Run(1, NOON - DAY, NOON, distance_km=12.5, duration=timedelta(minutes=70))
    text = printed(
        some(
            advised=(Advised(("severe-pain", "of-another-release"), 3, NOON, "seen"),),
            decided=told,
            taken_back=2,
            both_denied=(NOON - DAY, NOON),
            tips=(
                TriedTip("ice", 5, NOON, {Effect.HELPED: 2, Effect.WORSE: 1}),
                TriedTip("no-longer-there", 1, NOON, {}, unwanted=True),
            ),
            runs=(run, replace(run, distance_km=None), replace(run, duration=None)),
            episode_since=NOON - 3 * DAY,
            ruleset_hash="abc123",
        )
    ).text
    for line in (
        "Pain of 7 or more; of another release (Says: seen) 3 10 Jun",
        "Call for help now 1, Be seen today 0, Be seen within days 3, Care at home 12",
        "Left out: 2 signs that the runner called mistakes.",
        "“none of these” 2 times, last on 10 Jun",
        "Cold pack 5 2 0 1 0 2",
        "A tip that is no more (not wanted) 1 0 0 0 0 1",
        "3 runs, 25.0 km in 2 of them, longest 12.5 km, 2 h 20 min in 2 of them, last on 9 Jun",
        "since 7 Jun 2026, 4 days",
        "No clinician has reviewed its rules, lists or tips. Rules abc123.",
    ):
        assert line in text, line
    assert "No clinician" not in printed(some(is_reviewed=True)).text


def test_where_it_hurt_what_fitted_and_what_it_stopped(printed):
    places = (BodyRegion.ONE_SIDE, BodyRegion.ONE_SIDE, BodyRegion.NECK_SHOULDERS)
    painful = [
        days_ago(3 - number, 5, kept=Kept(place, Contributor.CARRIED))
        for number, place in enumerate(places)
    ]
    here = (Question.REGION, "blades")
    limited = check_in((Question.RATING, "6"), (Question.DAILY_LIFE, "yes"), here, at=NOON - DAY)
    able = check_in((Question.RATING, "5"), here, at=NOON - DAY)
    free = days_ago(1, 0, kept=Kept(BodyRegion.LOWER_BACK, Contributor.NONE))
    text = printed(some(*painful, limited, able, free)).text
    assert "Where: Between the shoulder blades 2, One side 2, Neck and shoulders 1" in text
    assert "May have added to it: Carried something 3" in text
    assert "Everyday life: stopped by pain 1 of 2 times at pain 5 or more" in text
    mild = printed(some(days_ago(1, 3))).text
    assert "Everyday life: not asked in this time (only at pain 5 or more)" in mild


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (
            Profile(frozenset({Condition.BLOOD_THINNERS}), AgeBand.FROM_66),
            "thinners. Age: 66 or older",
        ),
        (Profile(age_band=AgeBand.UP_TO_54), "Pregnant, or may be. Age: Under 55"),
        (Profile(), "none of Cancer, now or in the past"),
        (Profile(), "Age: not said"),
        (Profile(undisclosed=True), "rather not said"),
    ],
)
def test_the_profile_is_told_as_it_was_given(printed, profile, said):
    assert said in printed(some(), runner(profile=profile)).text


def marks_of(chart):
    """Every mark of a chart, each as the chart without it."""
    for at, kind in enumerate(chart.ratings):
        for number in range(len(kind.marks)):
            left = replace(kind, marks=kind.marks[:number] + kind.marks[number + 1 :])
            yield replace(chart, ratings=(*chart.ratings[:at], left, *chart.ratings[at + 1 :]))
    for number in range(len(chart.weeks)):
        yield replace(chart, weeks=chart.weeks[:number] + chart.weeks[number + 1 :])
    for at, lane in enumerate(chart.lanes):
        for number in range(len(lane.at)):
            left = replace(lane, at=lane.at[:number] + lane.at[number + 1 :])
            yield replace(chart, lanes=(*chart.lanes[:at], left, *chart.lanes[at + 1 :]))


@pytest.fixture
def busy():
    """One mark of every kind and height."""
    return some(
        days_ago(12, 9, CheckInKind.SOON_AFTER),
        days_ago(9, 0, CheckInKind.MORNING),
        days_ago(5, 10, CheckInKind.PLANNED),
        check_in(at=NOON - 3 * DAY, closed=Closed.EXPIRED, closed_at=NOON),
        signs=(SignReport(NOON - 7 * DAY, Urgency.URGENT, (Finding.FEVER,), ESCALATION),),
        runs=(Run(1, NOON - 13 * DAY, NOON),),
    )


@pytest.mark.parametrize("days", [14, 140], ids=["single ratings", "weeks"])
def test_every_mark_of_the_chart_is_seen(scene, busy, days):
    summary = replace(busy, since=NOON - days * DAY)
    sheet = sheet_of(scene(), summary, ROOMS[0])
    whole = Pdf(print_sheet(sheet)).picture()
    without = list(marks_of(sheet.chart))
    assert len(without) == 6 if days == 14 else 5
    for chart in without:
        missing = Pdf(print_sheet(replace(sheet, chart=chart))).picture()
        assert ImageChops.difference(whole, missing).getbbox(), "a mark that nobody sees"


def test_marks_of_different_kinds_differ_in_grey(scene, busy):
    sheet = sheet_of(scene(), busy, ROOMS[0])
    # The same rating at the same time as each kind in turn: only the shape is left to tell.
    kinds = sheet.chart.ratings
    mark = kinds[0].marks
    pictures = []
    for kind in kinds:
        shown = tuple(replace(one, marks=mark if one is kind else ()) for one in kinds)
        chart = replace(sheet.chart, ratings=shown)
        pictures.append(Pdf(print_sheet(replace(sheet, chart=chart))).picture().convert("L"))
    for first, second in zip(pictures, (*pictures[1:], pictures[0]), strict=True):
        difference = ImageChops.difference(first, second)
        assert difference.getextrema()[1] > 90


def test_a_mark_stands_where_its_time_and_rating_are(scene, busy):
    chart = chart_of(scene(), busy)
    # It is 14:00 in Berlin; the chart ends with the day, ten hours later. Each rating was given
    # a minute after it was asked for.
    days, minute = 14 + 10 / 24, 1 / (24 * 60)
    assert [(mark.x, mark.y) for kind in chart.ratings for mark in kind.marks] == [
        (round((2 + minute) / days, 5), 9),
        (round((5 + minute) / days, 5), 0),
        (round((9 + minute) / days, 5), 10),
    ]
    happened = [[x for x, _ in lane.at] for lane in chart.lanes]
    assert happened == [[round(day / days, 5)] for day in (7, 1, 11)]


def test_over_a_long_time_weeks_are_drawn_and_counted(scene, busy):
    chart = chart_of(scene(), replace(busy, since=NOON - 140 * DAY))
    assert chart.ratings == ()
    assert [(week.low, week.high, week.mean) for week in chart.weeks] == [
        (0, 9, 4.5),
        (10, 10, 10),
    ]
    assert [lane.label for lane in chart.lanes[1:]] == [
        "Runs, up to 1 a week",
        "No answer, up to 1 a week",
    ]


def test_the_chart_says_in_words_what_it_shows(scene, busy):
    assert chart_of(scene(), busy).alt == (
        "Pain over time: After a run: 1, from 9 to 9. Next morning: 1, from 0 to 0. "
        "Other times: 1, from 10 to 10. Signs: 1. Runs: 1. No answer: 1."
    )


@pytest.mark.parametrize("days", [0, 1, 6, 14, 42, 90, 400, 4000, 30_000])
def test_the_days_under_the_chart_can_be_read(scene, days):
    summary = replace(some(), since=NOON - days * DAY)
    labels = chart_of(scene(), summary).days
    assert 1 <= len(labels) <= 10
    places = [x for x, _ in labels]
    assert places == sorted(set(places))
    assert len({label for _, label in labels}) == len(labels)


def test_an_open_sign_from_before_the_period_is_told_and_not_drawn(scene):
    report = SignReport(SINCE - 9 * DAY, Urgency.URGENT, (Finding.FEVER,), gone(ESCALATION, NOON))
    summary = some(signs=(report,))
    assert chart_of(scene(), summary).lanes[0].at == ()
    assert sheet_of(scene(), summary, ROOMS[0]).signs.strong == (0,)
