"""What may become of a note: whom it is about, who signs it and how, who voids it."""

from clinic_notes.clinical.lifecycle.identity import Identity, identity_from
from clinic_notes.clinical.lifecycle.signers import (
    AWAITING,
    COSIGNATURE,
    cosigner_refusals,
    meaning_in_words,
    meaning_of_signature,
    signer_refusals,
)
from clinic_notes.clinical.lifecycle.voids import (
    LEAST_WHY,
    reason_refusals,
    void_refusals,
    void_text,
)

__all__ = [
    "AWAITING",
    "COSIGNATURE",
    "LEAST_WHY",
    "Identity",
    "cosigner_refusals",
    "identity_from",
    "meaning_in_words",
    "meaning_of_signature",
    "reason_refusals",
    "signer_refusals",
    "void_refusals",
    "void_text",
]
