"""Clinics, their people, and how they sign in."""
