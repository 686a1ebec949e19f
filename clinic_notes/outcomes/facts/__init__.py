"""Narrow facts of signed sessions, which the manager's figures are added up from."""
