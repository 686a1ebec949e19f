"""What may become of a note: who signs it, what a signature means."""

from clinic_notes.clinical.lifecycle.signers import (
    AWAITING,
    COSIGNATURE,
    cosigner_refusals,
    meaning_in_words,
    meaning_of_signature,
    signer_refusals,
)

__all__ = [
    "AWAITING",
    "COSIGNATURE",
    "cosigner_refusals",
    "meaning_in_words",
    "meaning_of_signature",
    "signer_refusals",
]
