"""The use case behind "Make my summary": what happened, for a doctor who has half a minute."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.domain import trends
from bot.domain.check_in import CheckIn, CheckInKind, Question
from bot.domain.decision import Decision, GivenTip
from bot.domain.escalation import Cleared, Escalation, behind
from bot.domain.pain import Effect
from bot.domain.red_flags import UNNAMED, Finding, Urgency
from bot.domain.rulesets import KeptRuleset
from bot.domain.runner import Runner
from bot.domain.schedule import Run, instant, local
from bot.domain.trends import Rated
from bot.services.notices.summary import Advised, SignReport, Span, Summary, TriedTip
from bot.services.ports import Ports, UnitOfWork
from bot.services.replies import Reply, say, swap
from bot.services.runners import agreed
from bot.services.steps.deciding import EVER, lists_denied, signs_of
from bot.services.steps.remembering import MISSED, NOT_MISSED, without_undone_runs

RATING_KINDS: Final = frozenset(
    {CheckInKind.SOON_AFTER, CheckInKind.MORNING, CheckInKind.PLANNED, CheckInKind.ASKED}
)


@dataclass(frozen=True, slots=True)
class _Record:
    """Everything stored about a runner that a summary is made of, oldest first."""

    check_ins: tuple[CheckIn, ...]
    decisions: tuple[Decision, ...]
    escalations: tuple[Escalation, ...]
    runs: tuple[Run, ...]
    tips: tuple[GivenTip, ...]
    rulesets: Mapping[str, KeptRuleset]

    @property
    def begins(self) -> datetime | None:
        """The first thing that happened; None for an empty record."""
        times = [
            *(one.opened_at for one in self.check_ins if one.opened_at is not None),
            *(one.made_at for one in self.decisions),
            *(one.ended_at for one in self.runs),
            *(one.given_at for one in self.tips),
        ]
        return min(times, default=None)


@dataclass(frozen=True, slots=True)
class MakeSummary:
    """Answer "Make my summary", and its buttons for another period."""

    ports: Ports

    async def __call__(
        self, user_id: int, span: Span = Span.SIX_WEEKS, *, again: bool = False
    ) -> Reply:
        """Gather scores, signs, decisions, tips and runs; `again` puts it in the old one's place.

        Nothing is stored: the page is made, sent, and forgotten.
        """
        now = self.ports.clock.now()
        async with self.ports.unhurried(), self.ports.unit_of_work(writing=False) as uow:
            runner = await agreed(uow, user_id)
            if isinstance(runner, Reply):
                return runner
            record = await _record(uow, runner, now - EVER)
        summary = summarised(record, span, runner, now)
        rules = self.ports.ruleset.rules
        summary = replace(
            summary,
            ruleset_hash=self.ports.ruleset.hash,
            is_reviewed=all(rule.reviewed_by for rule in rules),
        )
        return swap(runner, summary) if again else say(runner, summary)


async def _record(uow: UnitOfWork, runner: Runner, since: datetime) -> _Record:
    decisions = await uow.decisions.since(runner.id, since)
    hashes = {decision.ruleset_hash for decision in decisions}
    kept = [await uow.rulesets.get(hash_) for hash_ in sorted(hashes)]
    return _Record(
        check_ins=await uow.check_ins.since(runner.id, since),
        decisions=decisions,
        escalations=await uow.escalations.since(runner.id, since),
        runs=await uow.runs.since(runner.id, since),
        tips=await uow.tips.history(runner.id),
        rulesets={ruleset.hash: ruleset for ruleset in kept if ruleset is not None},
    )


def summarised(record: _Record, span: Span, runner: Runner, now: datetime) -> Summary:
    """Cut a record to a period and count what is in it."""
    since = _start(span, runner, now) or record.begins or now
    standing = without_undone_runs(record.check_ins, record.runs)
    asked = tuple(one for one in standing if _was_asked(one, since))
    episode = trends.episode(trends.ratings(record.check_ins))
    is_on = episode and now - _last_pain(episode) < trends.EPISODE_OVER_AFTER
    signs, advised, decided, taken_back = _decided(record, since)
    return Summary(
        span=span,
        since=since,
        until=now,
        asked=asked,
        ratings=trends.ratings(asked),
        both_denied=tuple(_both_denied(record.check_ins, since)),
        signs=signs,
        advised=advised,
        decided=decided,
        taken_back=taken_back,
        tips=_tried([one for one in record.tips if one.given_at >= since]),
        runs=tuple(run for run in record.runs if run.ended_at >= since),
        episode_since=episode[0].at if is_on else None,
    )


def _start(span: Span, runner: Runner, now: datetime) -> datetime | None:
    """Give the local midnight a period begins with, None for all there is."""
    if span.days is None:
        return None
    zone = runner.zone or "UTC"
    first = local(now, zone).date() - timedelta(days=span.days - 1)
    return instant(first, time(), zone)


def _last_pain(episode: Sequence[Rated]) -> datetime:
    return max(one.at for one in episode if one.rating > 0)


def _was_asked(check_in: CheckIn, since: datetime) -> bool:
    """Whether it was answered with a rating in the period, or went without one there.

    One that is still open may be answered yet, and one that was cut short is nobody's silence.
    """
    if check_in.kind not in RATING_KINDS:
        return False
    given = [one for one in check_in.answers if one.question is Question.RATING]
    if given:
        return given[-1].answered_at >= since
    came = check_in.opened_at is not None or check_in.closed in MISSED
    is_over = check_in.closed is not None and check_in.closed not in NOT_MISSED
    return came and is_over and (check_in.opened_at or check_in.due_at) >= since


def _both_denied(check_ins: Iterable[CheckIn], since: datetime) -> Iterator[datetime]:
    for one in check_ins:
        last = [said.answered_at for said in one.answers if said.question is Question.SAME_DAY]
        if last and last[-1] >= since and lists_denied(one):
            yield last[-1]


_Decided = tuple[tuple[SignReport, ...], tuple[Advised, ...], Mapping[Urgency, int], int]


def _decided(record: _Record, since: datetime) -> _Decided:
    """Sort the decisions: signs, advice, how often what; those taken back are only counted."""
    check_ins = {one.id: one for one in record.check_ins}
    reports: list[SignReport] = []
    routine: list[SignReport] = []
    decided: Counter[Urgency] = Counter()
    taken_back: set[int] = set()
    for decision in record.decisions:
        escalation = behind(decision, record.escalations)
        is_open = escalation is not None and escalation.is_open
        if decision.made_at < since and not is_open:
            continue
        if escalation is not None and escalation.cleared is Cleared.MISTAKE:
            taken_back.add(escalation.id)
            continue
        check_in = check_ins.get(decision.check_in_id or 0)
        decided[decision.urgency] += decision.made_at >= since and _is_advice(decision, check_in)
        report = _report(record, decision, check_in, escalation)
        if decision.urgency.escalates or _signs(decision, check_in):
            reports.append(report)
        elif decision.urgency is Urgency.ROUTINE:
            routine.append(report)
    in_order = tuple(sorted(reports, key=_most_important))
    return in_order, _advised(routine), decided, len(taken_back)


def _is_advice(decision: Decision, check_in: CheckIn | None) -> bool:
    """Whether anything was advised: not after a look at the signs, nor where nothing hurt."""
    has_pain = check_in is not None and bool(check_in.rating)
    return decision.urgency > Urgency.SELF_CARE or has_pain


def _most_important(report: SignReport) -> tuple[bool, float, int]:
    """What is open goes first, then what was last."""
    return (not report.is_open, -report.at.timestamp(), -report.urgency)


def _report(
    record: _Record, decision: Decision, check_in: CheckIn | None, escalation: Escalation | None
) -> SignReport:
    signs = _signs(decision, check_in)
    words = {str(sign) for sign in signs} | set(_reasons(record, decision))
    words -= {Finding.PAIN}
    if signs - UNNAMED:
        words -= UNNAMED
    word = check_in.value(Question.ACKNOWLEDGED) if check_in else None
    return SignReport(decision.made_at, decision.urgency, tuple(sorted(words)), escalation, word)


def _signs(decision: Decision, check_in: CheckIn | None) -> frozenset[Finding]:
    """Give what was reported: on a check-in's lists, named later or not, or in typed words."""
    return signs_of(check_in) if check_in is not None else decision.findings


def _reasons(record: _Record, decision: Decision) -> Iterator[str]:
    """Give the words that made the decision as urgent as it was, by the rules of its time."""
    ruleset = record.rulesets.get(decision.ruleset_hash)
    if ruleset is None or not decision.findings:
        yield from decision.findings
        return
    for rule in (ruleset.rule(id_) for id_ in decision.rules):
        if rule is not None and rule.urgency is decision.urgency:
            yield from rule.behind(frozenset(decision.findings))


def _advised(routine: Iterable[SignReport]) -> tuple[Advised, ...]:
    """Put the same advice for the same reason together; the latest goes first."""
    groups: dict[tuple[str, ...], list[SignReport]] = defaultdict(list)
    for report in routine:
        groups[report.words].append(report)
    advised = [
        Advised(words, len(given), given[-1].at, given[-1].word) for words, given in groups.items()
    ]
    return tuple(sorted(advised, key=lambda one: one.last_at, reverse=True))


def _tried(given: Iterable[GivenTip]) -> tuple[TriedTip, ...]:
    """Count the answers tip by tip: what made it worse goes first, then what helped."""
    groups: dict[str, list[GivenTip]] = defaultdict(list)
    for one in given:
        groups[one.tip_id].append(one)
    tried = [
        TriedTip(
            tip_id,
            len(ones),
            ones[-1].given_at,
            Counter(one.effect for one in ones if one.effect is not None),
            unwanted=any(one.not_for_me_at for one in ones),
        )
        for tip_id, ones in groups.items()
    ]
    return tuple(sorted(tried, key=_most_telling))


def _most_telling(tip: TriedTip) -> tuple[int, int, int, float]:
    effects = tip.effects
    order = (effects.get(effect, 0) for effect in (Effect.WORSE, Effect.HELPED, Effect.NO_CHANGE))
    worse, helped, same = order
    return (-worse, -helped, -same, -tip.last_at.timestamp())
