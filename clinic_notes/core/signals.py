"""Tells features above that the record changed, within the same transaction."""

from blinker import Namespace

_signals = Namespace()

episode_changed = _signals.signal("episode-changed")
"""What is on record of an episode changed: a signed note was added to, or the episode revised.

The sender is the episode's id; ``visit_id`` names the note where only one changed. Receivers write
in the transaction of the change, so that what they derive is never older than the record.
"""
episode_moving = _signals.signal("episode-moving")
"""An episode's first day is to change: the sender is its id, ``opened_on`` the day. The same holds;
a receiver raises Refused where it cannot be."""
episode_relocating = _signals.signal("episode-relocating")
"""An episode's region or side is to change: the sender is its id, ``reason`` why.

A receiver returns whether signed sessions were asked about the place it has, and raises Refused
where it must stay.
"""
visit_signed = _signals.signal("visit-signed")
"""A note was signed: the sender is the visit, ``draft`` what it says. The same holds."""
account_disabled = _signals.signal("account-disabled")
"""An account is deactivated: the sender is the user. A receiver returns what they leave open, in
words for an administrator, who sees no patient; "" where that is nothing."""
