"""The audit trail on a page, for who answers for it: who saw and changed what, and when."""
