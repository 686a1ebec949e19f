"""The keystroke-level model: how long a skilled hand needs for what was counted (peers.md 4)."""

from dataclasses import dataclass

DECIDE, POINT, CLICK, KEY, TAP, SERVER = 1.35, 1.1, 0.2, 0.28, 0.8, 0.3
"""Seconds: think, point with a mouse, click, press a key, tap with a finger, wait for a page."""


@dataclass(frozen=True)
class Counted:
    """What it took until the note was signed."""

    interactions: int
    keystrokes: int
    pages: int
    """How often a new page had to be waited for."""

    def seconds(self, *, by_touch: bool = False) -> float:
        """Return the estimate: each interaction is decided on and reached with a mouse or finger.

        That holds for fields too, though a hand on the keyboard would reach the next by Tab.
        """
        reach = TAP if by_touch else POINT + CLICK
        return self.interactions * (DECIDE + reach) + self.keystrokes * KEY + self.pages * SERVER

    def line(self) -> str:
        """Return both figures in a line."""
        return (
            f"{self.interactions} interactions, {self.keystrokes} keys, {self.pages} pages: "
            f"{self.seconds():.1f} s with a mouse, {self.seconds(by_touch=True):.1f} s by touch "
            "(keystroke-level estimate)"
        )
