"""A page for the patient in plain words: what we measured, what changed, what is next."""

from collections.abc import Iterator
from decimal import Decimal

from flask import render_template

from clinic_notes.accounts.models import Clinic
from clinic_notes.charting.plan.goals import GoalLine
from clinic_notes.clinical.change import Comparison, JudgedChange, plain_sentences
from clinic_notes.clinical.drafts import PainDraft
from clinic_notes.clinical.goals import GoalState
from clinic_notes.clinical.wording import day
from clinic_notes.documents.letterhead import footer_of, lines_below_name, patient_terms
from clinic_notes.documents.parts import Block, Document, Drawing, Items, Section, Text
from clinic_notes.patients.models import Patient
from clinic_notes.progress.changes import ChangeLine
from clinic_notes.progress.page import Progress

BARS_MM = 120
FULL_PAIN = Decimal(10)
NOTHING_YET = "We have not checked anything twice yet. Next time we can say more."
_GOALS = {
    GoalState.MET: "You have got there.",
    GoalState.ON_TRACK: "You are on the way.",
    GoalState.BEHIND: "We are not there yet. We will talk about it.",
    GoalState.NOT_MEASURABLE: "",
}


def page_for_patient(patient: Patient, progress: Progress, clinic: Clinic) -> Document:
    """Return the page about one episode, from its signed sessions."""
    signed = [visit for visit in progress.visits if visit.counts]
    seen = day(signed[-1].served_on) if signed else ""
    return Document(
        title="How you are doing",
        clinic=clinic.name,
        letterhead=lines_below_name(clinic),
        patient=(*patient_terms(patient), ("Last visit", seen or "none yet")),
        footer=footer_of(patient, "for the patient"),
        sections=(
            Section("What we checked", tuple(_measured(progress))),
            Section("What is next", tuple(_next(progress, len(signed)))),
        ),
        is_large=True,
    )


def _measured(progress: Progress) -> Iterator[Block]:
    found = [
        (line, judged)
        for line in progress.changes.lines
        if (judged := line.judged.get(Comparison.SINCE_START)) is not None
    ]
    if not any(judged.before for _, judged in found):
        yield Text(NOTHING_YET)
    for line, judged in found:
        yield Text(plain_sentences(judged))
        yield from _bars(line, judged)


def _bars(line: ChangeLine, judged: JudgedChange) -> Iterator[Drawing]:
    before = judged.before.value.number if judged.before else None
    after = judged.after.value.number
    if before is None or after is None or min(before, after) < 0:
        return
    is_pain = isinstance(judged.after.row, PainDraft)
    full = FULL_PAIN if is_pain else max(before, after)
    if full == 0:
        return
    bars = [
        ("At the start", line.first_text, float(before / full)),
        ("Now", line.latest_text, float(after / full)),
    ]
    svg = render_template("documents/bars.svg", bars=bars)
    words = f"Bars: at the start {line.first_text}, now {line.latest_text}."
    yield Drawing(svg, words, BARS_MM)


def _next(progress: Progress, visits: int) -> Iterator[Block]:
    planned = progress.episode.planned_visits
    times = "once" if visits == 1 else f"{visits} times"
    yield Text(f"You were here {times}." + (f" We planned {planned} visits." if planned else ""))
    goals = [line for line in progress.goals if line.goal.ended_on is None]
    if goals:
        yield Text("What we want to reach with you:")
        yield Items(tuple(map(_goal, goals)))


def _goal(line: GoalLine) -> str:
    words = line.goal.words or line.title
    state = _GOALS[line.progress.state]
    return f"{words}, by {day(line.goal.by_on)}. {state}".strip()
