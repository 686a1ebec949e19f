"""What may become of a note: who signs it, what a signature means, who voids it."""

from clinic_notes.clinical.lifecycle.signers import (
    AWAITING,
    COSIGNATURE,
    cosigner_refusals,
    meaning_in_words,
    meaning_of_signature,
    signer_refusals,
)
from clinic_notes.clinical.lifecycle.voids import reason_refusals, void_refusals, void_text

__all__ = [
    "AWAITING",
    "COSIGNATURE",
    "cosigner_refusals",
    "meaning_in_words",
    "meaning_of_signature",
    "reason_refusals",
    "signer_refusals",
    "void_refusals",
    "void_text",
]
