"""Backups: every clinic of a store in one encrypted file, for both kinds of store."""
