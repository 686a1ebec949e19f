"""Patients: identity, allergies, conditions, episodes of care."""
