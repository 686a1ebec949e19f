"""Runs every rule about one visit, for its page and for its actions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clinic_notes.charting.treatment.choice_marks import KnownAllergies
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.clinical.change.worsening import worsening_seen
from clinic_notes.clinical.drafts import Site, UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level, refusals
from clinic_notes.clinical.how_asked import CarriedNo, carried_in_words, carried_no
from clinic_notes.clinical.how_asked.yes_words import carried_forward_in_words
from clinic_notes.clinical.lubricants import (
    lubricant_clash,
    metal_clash,
    unasked_metal,
    unasked_product,
)
from clinic_notes.clinical.screening import (
    CarriedForward,
    Clearance,
    PriorAnswer,
    RecordedCondition,
    clearance,
    contradictions,
    items_due,
    loaded_sites,
)
from clinic_notes.clinical.screening.consent import (
    PriorConsent,
    consent_needed,
    guardian_in_words,
    guardian_needed,
)
from clinic_notes.clinical.screening.pressure_caps import PressureCap, caps_for_age
from clinic_notes.clinical.signing import EpisodeSpan, forbidden, missing
from clinic_notes.clinical.visit_checks import check_visit
from clinic_notes.patients.models import Allergy, Condition, Episode, Patient
from clinic_notes.patients.queries import active
from clinic_notes.reference.contraindications import Questions
from clinic_notes.reference.terms import Decision


@dataclass(frozen=True)
class VisitFindings:
    """What the rules say of a visit as recorded so far."""

    due: tuple[str, ...]
    clearance: Clearance
    consent: tuple[Finding, ...]
    """Why informed consent is to be asked for, where it is not recorded."""
    caps: tuple[PressureCap, ...]
    """The highest pressures allowed, by the safety check and by age."""
    remarks: tuple[Finding, ...]
    """About single fields and products: what cannot be, and what needs care."""
    forbidden: tuple[Finding, ...]
    """What may not be done today: treating at all, or treating there."""
    missing: tuple[Finding, ...]
    """What stands between the note and a signature."""
    on_record: tuple[RecordedCondition, ...] = ()
    """What the patient's record says to the safety questions."""
    carried_no: tuple[CarriedNo, ...] = ()
    """What was answered no in earlier sessions and is not due."""
    contradictions: tuple[Finding, ...] = ()
    """What was answered no against the record."""
    worse: tuple[Finding, ...] = ()
    """What got worse in this session, or since the last two."""

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Return what is wrong as it stands, so that the note cannot be signed."""
        return (*self.forbidden, *refusals(self.remarks))

    @property
    def worse_in_words(self) -> tuple[str, ...]:
        """Return what got worse, without full stops."""
        return tuple(finding.message.removesuffix(".") for finding in self.worse)

    def carried_in_words(self, on: date) -> tuple[str, ...]:
        """Return what stands from earlier sessions in that of a day, in words."""
        return _carried_in_words(self.clearance.carried_forward, self.carried_no, on)

    @property
    def impossible(self) -> tuple[Finding, ...]:
        """Return the values that cannot be: all that keeps a draft from being saved."""
        return tuple(found for found in self.remarks if found.level is Level.REFUSE)

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """Return what the therapist should know and may go on with."""
        found = (
            *self.clearance.findings, *self.contradictions, *self.remarks, *self.consent,
            *self.worse,
        )  # fmt: skip
        return tuple(f for f in found if f.level in (Level.CAUTION, Level.NOTE))


def evaluate_rules(
    draft: VisitDraft,
    *,
    patient: Patient,
    episode: Episode,
    supplies: Supplies,
    history: Sequence[PriorAnswer],
    questions: Questions,
    consents: Sequence[PriorConsent] = (),
    now: datetime,
    is_first: bool = True,
    pain_before: Sequence[Decimal] = (),
) -> VisitFindings:
    """Run every rule about a visit.

    ``history`` are the answers of earlier signed visits, ``consents`` those given in them;
    ``questions`` the safety questions as the clinic's policy makes them.

    The patient's allergies and conditions must be loaded; ``now`` is in the clinic's time zone.
    ``supplies`` holds the instruments and lubricants the rows name. ``is_first`` says whether it is
    the first treated session of its episode: a signature then needs more. ``pain_before`` is pain
    now before treatment in earlier sessions of the episode, the latest first.
    """
    about = places_of(draft, episode)
    known = on_record(patient.conditions, draft.served_on)
    items = {said.item for said in known}
    due = items_due(history, about, draft.served_on, known, questions)
    verdict = clearance(
        draft.answers,
        about=about,
        history=history,
        due=due,
        loaded=loaded_sites(draft, about),
        blood_pressure=draft.blood_pressure,
        on=draft.served_on,
        questions=questions,
    )
    caps = (*verdict.caps, *caps_for_age(patient.born_on, draft.served_on))
    return VisitFindings(
        due=due,
        clearance=verdict,
        consent=consent_needed(draft, consents),
        caps=caps,
        remarks=(
            *_check(draft, patient, episode, caps, now),
            *_clashes(draft.uses, supplies, active(patient.allergies)),
        ),
        forbidden=forbidden(draft, verdict),
        missing=(
            *missing(draft, verdict, is_first=is_first, on_record=items, pain_before=pain_before),
            *_missing_of_patient(draft, patient, supplies),
        ),
        on_record=known,
        carried_no=carried_no(history, draft, due=due, about=about, questions=questions),
        contradictions=contradictions(draft.answers, items),
        worse=tuple(worsening_seen(draft, pain_before)),
    )


def _check(
    draft: VisitDraft,
    patient: Patient,
    episode: Episode,
    caps: Sequence[PressureCap],
    now: datetime,
) -> Iterable[Finding]:
    return check_visit(
        draft,
        today=now.date(),
        now=now.time(),
        born_on=patient.born_on,
        span=EpisodeSpan(episode.opened_on, episode.closed_on),
        caps=caps,
    )


def _missing_of_patient(
    draft: VisitDraft, patient: Patient, supplies: Supplies
) -> Iterator[Finding]:
    """Yield what the patient was not asked, or their guardian did not consent to."""
    yield from _used_unasked(draft, patient, supplies)
    yield from guardian_needed(
        draft, patient.born_on, patient.guardian, patient.guardian_consented_on
    )


def guardian_of(patient: Patient, on: date) -> str:
    """Return the guardian who consented to the treatment of a minor, and when, in words."""
    consented_on = patient.guardian_consented_on
    return guardian_in_words(patient.guardian, consented_on, patient.born_on, on)


def on_record(conditions: Iterable[Condition], on: date) -> tuple[RecordedCondition, ...]:
    """Return what a patient's conditions say to the safety questions of that day.

    One that has ended says nothing any more, one that began later nothing yet.
    """
    return tuple(
        RecordedCondition(row.item, row.label, row.since_on)
        for row in active(conditions)
        if row.item and (row.since_on is None or row.since_on <= on)
    )


def carried_into(
    draft: VisitDraft,
    patient: Patient,
    episode: Episode,
    history: Sequence[PriorAnswer],
    questions: Questions,
) -> tuple[str, ...]:
    """Return what stands from earlier sessions in this one, in words."""
    about, on = places_of(draft, episode), draft.served_on
    cleared = clearance(
        draft.answers, about=about, history=history, due=(), on=on, questions=questions
    )
    due = items_due(history, about, on, on_record(patient.conditions, on), questions)
    no = carried_no(history, draft, due=due, about=about, questions=questions)
    return _carried_in_words(cleared.carried_forward, no, on)


def _carried_in_words(
    yes: Iterable[CarriedForward], no: Iterable[CarriedNo], on: date
) -> tuple[str, ...]:
    return (*carried_forward_in_words(yes, on), *carried_in_words(no, on))


def places_of(draft: VisitDraft, episode: Episode) -> tuple[Site, ...]:
    """Return the places the safety check is about, each once: those treated, or the episode's."""
    treated = tuple(dict.fromkeys(use.site for use in draft.uses))
    return treated or (Site(episode.region, episode.side),)


def _used_unasked(draft: VisitDraft, patient: Patient, supplies: Supplies) -> Iterator[Finding]:
    """Yield what of the rows may be used only once the patient was asked about allergies."""
    if patient.allergies_asked_on is not None or draft.decision is Decision.NOT_TREATED:
        return
    for number, use in enumerate(draft.uses):
        about = f"uses-{number}"
        is_nickel = supplies.holds_nickel(use.instrument_id)
        yield from unasked_metal(is_nickel, use.note, f"{about}-instrument_id")
        if (product := supplies.contents(use.lubricant_id)) is not None:
            yield from unasked_product(product, use.note, f"{about}-lubricant_id")


def _clashes(
    uses: Iterable[UseDraft], supplies: Supplies, allergies: Sequence[Allergy]
) -> Iterable[Finding]:
    known = KnownAllergies.of(allergies)
    for number, use in enumerate(uses):
        about = f"uses-{number}"
        is_nickel = supplies.holds_nickel(use.instrument_id)
        yield from metal_clash(is_nickel, known.groups, about=f"{about}-instrument_id")
        if (product := supplies.contents(use.lubricant_id)) is not None:
            about = f"{about}-lubricant_id"
            yield from lubricant_clash(
                product, known.groups, known.reactions, about, known.substances
            )
