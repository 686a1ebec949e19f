"""Accounts: clinics, their users, and signing in."""
