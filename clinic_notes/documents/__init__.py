"""Printed documents as PDF: session notes and reports."""
