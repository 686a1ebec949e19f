"""Who may do what: one list of permissions, one table of roles."""

from enum import StrEnum


class Permission(StrEnum):
    """What a page may ask for, as resource:action."""

    AUDIT_READ = "audit:read"
    CHART_COSIGN = "chart:cosign"
    CHART_READ = "chart:read"
    CHART_SIGN = "chart:sign"
    CHART_WRITE = "chart:write"
    CLINICAL_POLICY = "clinical:policy"
    CLINIC_FIGURES = "clinic:figures"
    EQUIPMENT_READ = "equipment:read"
    EQUIPMENT_WRITE = "equipment:write"
    PATIENT_READ = "patient:read"
    PATIENT_WRITE = "patient:write"
    PEOPLE_CONFIRM = "people:confirm"
    PEOPLE_MANAGE = "people:manage"


class Role(StrEnum):
    """What a user is in their clinic."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


_CARE = {
    Permission.CHART_READ,
    Permission.CHART_SIGN,
    Permission.CHART_WRITE,
    Permission.EQUIPMENT_READ,
    Permission.PATIENT_READ,
    Permission.PATIENT_WRITE,
    Permission.PEOPLE_CONFIRM,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.THERAPIST: frozenset(_CARE | {Permission.CHART_COSIGN, Permission.EQUIPMENT_WRITE}),
    # An assistant's signature is complete only with a therapist's beside it.
    Role.ASSISTANT: frozenset(_CARE),
    Role.MANAGER: frozenset(
        {
            Permission.AUDIT_READ,
            Permission.CHART_READ,
            Permission.CLINICAL_POLICY,
            Permission.CLINIC_FIGURES,
            Permission.EQUIPMENT_READ,
            Permission.EQUIPMENT_WRITE,
            Permission.PATIENT_READ,
            Permission.PEOPLE_CONFIRM,
        }
    ),
    # An administrator looks after accounts and sees no patient.
    Role.ADMINISTRATOR: frozenset(
        {Permission.AUDIT_READ, Permission.PEOPLE_CONFIRM, Permission.PEOPLE_MANAGE}
    ),
}

CLINICAL_LEAD = frozenset({Permission.CLINICAL_POLICY})
"""What a therapist may who is named clinical lead, besides what their role allows."""
