"""Where the line of a report's trend lies: black on white, its first and last value written out."""

from dataclasses import dataclass
from decimal import Decimal

from clinic_notes.clinical.reports import Trend
from clinic_notes.clinical.wording import day, number_text, with_unit
from clinic_notes.progress.scale import Linear

WIDTH, HEIGHT = 240, 132
LEFT, RIGHT, TOP, BOTTOM = 14, 226, 22, 104


@dataclass(frozen=True)
class Dot:
    """One reading; the first and the last have their number beside them."""

    x: float
    y: float
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class TrendChart:
    """A small chart over true time."""

    dots: tuple[Dot, ...]
    begins: str
    ends: str
    goal_y: float | None
    goal: str
    low: str
    """What the bottom line stands for."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def line(self) -> str:
        """The points of the line."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def trend_chart(trend: Trend) -> TrendChart:
    """Return the chart of a trend; it has at least two points."""
    points, target = trend.points, trend.target
    known = [Decimal(0), Decimal(1), *(point.number for point in points)]
    known += [target] if target is not None else []
    height = Linear(float(min(known)), float(max(known)), BOTTOM, TOP)
    first, last = points[0].on, points[-1].on
    width = Linear(0, max((last - first).days, 1), LEFT, RIGHT)
    marked = {0: "start", len(points) - 1: "end"}
    return TrendChart(
        dots=tuple(
            Dot(
                x=width((point.on - first).days),
                y=height(float(point.number)),
                label=with_unit(point.number, trend.unit) if nth in marked else "",
                anchor=marked.get(nth, "middle"),
            )
            for nth, point in enumerate(points)
        ),
        begins=day(first),
        ends=day(last),
        goal_y=None if target is None else height(float(target)),
        low=number_text(min(known)),
        goal="" if target is None else f"goal {with_unit(target, trend.unit)}",
    )
