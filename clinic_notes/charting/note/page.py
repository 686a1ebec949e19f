"""A note as it is shown and printed, with its signatures and addenda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from flask_login import current_user

from clinic_notes.charting.body_map.marks import Body, body_of
from clinic_notes.charting.models import Addendum, CosignatureReturn, Signature, Visit
from clinic_notes.charting.models.columns import effect_draft
from clinic_notes.charting.note.content import Note, effect_in_words, note_of
from clinic_notes.charting.note.corrections import Corrections, corrections_of, with_marks
from clinic_notes.charting.note.names import FromEarlier, identity_now, names_of
from clinic_notes.charting.note.queries import corrections_to, returns_of, signatures_of
from clinic_notes.charting.note.void_words import void_words
from clinic_notes.charting.rules import carried_into
from clinic_notes.charting.screening.earlier_answers import earlier_visits, record_in
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import position_and_goals
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.change.worsening import worsening
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.lifecycle import (
    AWAITING,
    COSIGNATURE,
    Identity,
    identity_from,
    meaning_in_words,
)
from clinic_notes.clinical.policy import questions_under
from clinic_notes.clinical.signing import late_by
from clinic_notes.clinical.summary import Names
from clinic_notes.core.display import day_of
from clinic_notes.policy.queries import policy_in_force


@dataclass(frozen=True)
class NotePage:
    """What a page or a printed document of one note shows."""

    visit: Visit
    note: Note
    author: str
    identity: Identity
    """Whom it is about: as it was sealed or, of a draft, as it is now."""
    now: Mapping[str, str]
    """What each part of that is now, in words; "" where it is the same."""
    body: Body
    signatures: Sequence[Signature]
    """None under a draft."""
    is_whole: bool
    """Whether each sealed text still has the digest it was signed with."""
    addenda: Sequence[tuple[Addendum, str]]
    """Each with the effect it reports, in words."""
    corrections: Corrections
    """What addenda corrected of it."""
    days_late: int
    returns: Sequence[CosignatureReturn]
    """Why a therapist did not co-sign it as it was."""

    @classmethod
    def fetch(cls, visit: Visit) -> Self:
        """Return the note of a visit loaded with WHO; a signed one reads as it was sealed."""
        signatures = signatures_of(visit) if visit.is_signed else ()
        draft, names = _sealed(signatures[0]) if signatures else _unsigned(visit)
        now = identity_now(visit)
        added = corrections_to(visit) if signatures else ()
        corrections = corrections_of(draft, names, added)
        identity = (identity_from(names.patient, names.complaint) or now) if signatures else now
        return cls(
            visit=visit,
            identity=identity,
            now=identity.otherwise_in(now),
            note=with_marks(note_of(draft, names), corrections),
            author=names.written_by or visit.author.signs_as,
            body=body_of(draft.uses),
            signatures=signatures,
            is_whole=all(sealed_note.digest(s.document) == s.digest for s in signatures),
            addenda=[(one, effect_in_words(effect_draft(one))) for one, _ in added],
            corrections=corrections,
            days_late=late_by(visit.served_on, day_of(visit.created_at)),
            # Only a note that awaits or awaited a co-signature was ever returned.
            returns=returns_of(visit) if signatures and signatures[0].meaning in AWAITING else (),
        )

    @property
    def awaits_cosignature(self) -> bool:
        """Say whether a therapist has yet to sign it too."""
        return (
            bool(self.signatures)
            and self.signatures[-1].meaning in AWAITING
            and self.visit.void is None
        )

    @property
    def void_words(self) -> str:
        """When, by whom and why it was taken out of the record; "" where it was not."""
        return void_words(self.visit)

    @property
    def is_cosigned(self) -> bool:
        """Say whether a therapist signed it too."""
        return bool(self.signatures) and self.signatures[-1].meaning == COSIGNATURE

    @property
    def meanings(self) -> dict[int, str]:
        """What each signature means, by its id, in words."""
        return {
            one.id: meaning_in_words(one.meaning, is_cosigned=self.is_cosigned)
            for one in self.signatures
        }


def with_addenda(visit: Visit) -> tuple[Corrections, Names]:
    """Return a signed note as its addenda left it, and the names it was sealed with."""
    draft, names = _sealed(signatures_of(visit)[0])
    return corrections_of(draft, names, corrections_to(visit)), names


def _sealed(signature: Signature) -> tuple[VisitDraft, Names]:
    note, time_zone = sealed_note.note_from(signature.document), current_user.clinic.time_zone
    # A note from before the zone was sealed has its times on the clinic's clock of today.
    return note.visit, replace(note.names, time_zone=note.names.time_zone or time_zone)


def _unsigned(visit: Visit) -> tuple[VisitDraft, Names]:
    loaded = load_visit(visit)
    position, goals = position_and_goals(visit)
    earlier = earlier_visits(visit.patient_id, visit.served_on)
    time_zone = current_user.clinic.time_zone
    policy = policy_in_force(time_zone)
    questions = questions_under(policy)
    known = FromEarlier(
        carried_into(loaded.draft, visit.patient, visit.episode, record_in(earlier), questions),
        worsening(loaded.draft, earlier.pain_before(visit.episode_id)),
    )
    return loaded.draft, names_of(visit, loaded, position, known, policy, time_zone, goals)
