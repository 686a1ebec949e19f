"""Imports every table, for migrations and the audit trail."""

from clinic_notes.accounts import models as accounts
from clinic_notes.charting import models as charting
from clinic_notes.core import audit, idempotency
from clinic_notes.core.db import Base
from clinic_notes.equipment import models as equipment
from clinic_notes.outcomes.facts import models as outcomes
from clinic_notes.patients import models as patients
from clinic_notes.plan_of_care import models as plan_of_care
from clinic_notes.policy import models as policy
from clinic_notes.snippets import models as snippets

__all__ = [
    "Base",
    "accounts",
    "audit",
    "charting",
    "equipment",
    "idempotency",
    "outcomes",
    "patients",
    "plan_of_care",
    "policy",
    "snippets",
]
