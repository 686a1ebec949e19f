"""The benchmarks compare fairly: the arithmetic of the rounds, and the same rows on both sides."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import stores
from benchmarks.comparison import both
from benchmarks.recorded import gained, rows_of_floor, rows_of_ours
from benchmarks.rounds import Lane, Ratio, in_turn, ratio
from tests.drafts import ASKED
from tests.repo_files import files


def lane(*rounds: tuple[float, ...]) -> Lane:
    return Lane(rounds)


def test_a_ratio_is_the_median_of_the_ratios_within_each_round() -> None:
    floor = lane((1, 1, 9), (10, 10, 10), (2, 2, 2))
    # The machine was ten times slower in the second round; that slowed both sides.
    ours = lane((3, 3, 3), (40, 40, 40), (10, 10, 10))
    assert ratio(ours, floor).middle == 4


def test_an_interval_holds_its_median_and_is_the_same_each_time_it_is_asked() -> None:
    floor = lane(*[(1.0,)] * 15)
    ours = lane(*[(float(each),) for each in range(1, 16)])
    found = ratio(ours, floor, seed=7)
    assert found == ratio(ours, floor, seed=7)
    assert 1 < found.low < found.middle == 8 < found.high < 15


def test_rounds_that_agree_leave_no_doubt() -> None:
    found = ratio(lane(*[(3.0, 3.0)] * 15), lane(*[(1.0, 1.0)] * 15))
    assert (found.low, found.middle, found.high) == (3, 3, 3)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param(
            Ratio(low=2.9, middle=3.2, high=3.4), "3.20 [2.90-3.40] times its floor, within 3",
            id="above, but its interval begins below",
        ),
        pytest.param(
            Ratio(low=3.1, middle=3.2, high=3.3), "3.20 [3.10-3.30] times its floor, ABOVE 3",
            id="above with its whole interval",
        ),
    ],
)  # fmt: skip
def test_a_limit_is_passed_only_with_the_whole_interval(found: Ratio, told: str) -> None:
    assert found.against(3) == told
    assert found.is_within(3) == ("within" in told)


def test_both_sides_are_asked_in_turn_and_begin_in_turn() -> None:
    asked: list[str] = []
    ways = {name: lambda name=name: asked.append(name) for name in ("floor", "ours")}
    lanes = in_turn(ways, rounds=2, each=2)
    assert asked == ["floor", "floor", "ours", "ours", "ours", "ours", "floor", "floor"]
    assert [len(times) for times in lanes["ours"].rounds] == [2, 2]


@contextmanager
def _opened(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[stores.Store]:
    if kind == "sqlite":
        with stores.embedded(folder) as store:
            yield store
    else:
        with stores.shared(request.getfixturevalue("postgres"), folder) as store:
            yield store


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_our_side_and_its_floor_write_as_many_rows(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with _opened(kind, tmp_path, request) as store, both(store) as sides:
        someone = next(sides.patients(1))
        before = rows_of_ours(store.app, sides.supplies)
        sides.browser.save_and_sign(someone)
        by_us = gained(before, rows_of_ours(store.app, sides.supplies))

        before = rows_of_floor(sides.floor.connection)
        sides.floor.look(sides.floor.save_and_sign())
        by_floor = gained(before, rows_of_floor(sides.floor.connection))
    # The facts of an episode take the place of older ones: fewer are gained than are written.
    replaced = ("episode_fact", "measure_fact")
    assert [name for name in by_us if name not in replaced and by_us[name] != by_floor[name]] == []
    assert by_floor.keys() - by_us.keys() <= {*replaced}
    whole_chart = {
        "screening_answer": len(ASKED),
        "reading": 23,
        "instrument_use": 8,
        "signature": 1,
    }
    assert {name: by_us[name] for name in whole_chart} == whole_chart


@pytest.mark.parametrize("module", [path.stem for path in files("benchmarks", suffix=".py")])
def test_every_benchmark_can_be_imported(module: str) -> None:
    # None is run by the tests, so a name that moved would be noticed by nobody.
    assert importlib.import_module(f"benchmarks.{module}").__name__.endswith(module)
