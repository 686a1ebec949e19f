"""Print what saving and signing and the visit page cost, as multiples of their floors.

Exits with 1 where a ratio is above its limit with its whole interval.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from argon2 import PasswordHasher

import config
from benchmarks import autosave, stores
from benchmarks.comparison import Sides, both
from benchmarks.form_baseline import FormFloor
from benchmarks.rounds import Lane, calibration, in_turn, ratio
from benchmarks.serving import served
from benchmarks.statements import statements_of
from benchmarks.stores import Store
from tests.cast import PASSWORD

ROUNDS, EACH, WARM_UP = 15, 8, 12
SAVE_LIMITS = {"SQLite": 5.0, "PostgreSQL": 3.5}
VISIT_LIMIT, FORM_LIMIT = 2.0, 3.0
"""Within these the simpler code wins (docs/adr/0015)."""


def main() -> int:
    print(f"calibration loop {calibration():.1f} ms; {ROUNDS} rounds of {EACH}, in turn; ms")
    print("both sides end to end over HTTP, each served by gunicorn with one worker")
    print(f"password hash left out of both sides; as shipped it takes {_real_hash():.0f} ms more\n")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with stores.embedded(folder) as store:
        within = _measure(store)
    with stores.server() as superuser, stores.shared(superuser, folder) as store:
        within &= _measure(store)
    print(f"calibration loop {calibration():.1f} ms")
    return 0 if within else 1


def _measure(store: Store) -> bool:
    with both(store) as sides:
        measured = [_over_http(sides), _counts(sides)]
        if store.name == "SQLite":
            # One writer at a time: what is quick enough here is quick enough on PostgreSQL.
            measured.append(autosave.measure(sides))
        return all(measured)


def _over_http(sides: Sides) -> bool:
    waiting = sides.patients(WARM_UP + ROUNDS * EACH + 3)
    with sides.over_http():
        measured = [_save_and_sign(sides, waiting), _visit_page(sides, next(waiting))]
        return all([*measured, _form_page(sides, next(waiting))])


def _save_and_sign(sides: Sides, waiting: Iterator[int]) -> bool:
    def ours() -> int:
        return sides.browser.save_and_sign(next(waiting))

    for _ in range(WARM_UP):
        ours()
        sides.floor.save_and_sign()
    ways = {
        "floor": sides.floor.save_and_sign,
        "ours": ours,
        "floor again": sides.floor.save_and_sign,
    }
    lanes = in_turn(ways, rounds=ROUNDS, each=EACH)
    return _is_within(sides, "save and sign", lanes, SAVE_LIMITS[sides.store.name])


def _visit_page(sides: Sides, patient_id: int) -> bool:
    visit_id = sides.browser.save_and_sign(patient_id)
    nth = sides.floor.save_and_sign()
    ways = {
        "floor": lambda: sides.floor.look(nth),
        "ours": lambda: sides.browser.look(f"/visits/{visit_id}"),
        "floor again": lambda: sides.floor.look(nth),
    }
    in_turn(ways, rounds=1, each=WARM_UP)
    return _is_within(sides, "visit page", in_turn(ways, rounds=ROUNDS, each=EACH), VISIT_LIMIT)


def _form_page(sides: Sides, patient_id: int) -> bool:
    path = f"/patients/{patient_id}/visits/new"
    floor = FormFloor(sides.browser.look(path).body)
    with served(floor.app) as bare:
        ways = {
            "floor": lambda: bare("/"),
            "ours": lambda: sides.browser.look(path),
            "floor again": lambda: bare("/"),
        }
        in_turn(ways, rounds=1, each=WARM_UP)
        lanes = in_turn(ways, rounds=ROUNDS, each=EACH)
    return _is_within(sides, f"new session's form, {floor.names} fields", lanes, FORM_LIMIT)


def _counts(sides: Sides) -> bool:
    """Print statement counts, and the patient's page over a long course."""
    browser, app = sides.browser, sides.store.app
    patient_id = sides.long_course(visits=200)
    visit_id = browser.save(patient_id)
    counts = {
        ("sign", 14): statements_of(app, lambda: browser.sign(visit_id)),
        ("its page", 8): statements_of(app, lambda: browser.look(f"/visits/{visit_id}")),
        ("patient page", 10): statements_of(app, lambda: browser.look(f"/patients/{patient_id}")),
    }
    listed = ", ".join(f"{name} {sent} (limit {limit})" for (name, limit), sent in counts.items())
    print(f"  statements with 200 earlier visits: {listed}")
    lanes = in_turn({"ours": lambda: browser.look(f"/patients/{patient_id}")}, rounds=5, each=EACH)
    print(f"  patient page with 200 visits: {_times(lanes['ours'])}\n")
    return all(sent <= limit for (_, limit), sent in counts.items())


def _is_within(sides: Sides, what: str, lanes: Mapping[str, Lane], limit: float) -> bool:
    ours, floor = lanes["ours"], lanes["floor"]
    found, control = ratio(ours, floor), ratio(lanes["floor again"], floor)
    print(f"{sides.store.name}, {what}: {found.against(limit)}")
    print(f"  ours  {_times(ours)}\n  floor {_times(floor)}\n  floor / itself {control}")
    return found.is_within(limit)


def _times(lane: Lane) -> str:
    return f"p50 {lane.p50:6.2f}  p95 {lane.p95:6.2f}  n {len(lane.times)}"


def _real_hash() -> float:
    cost: dict[str, Any] = config.PASSWORD_HASH
    hasher = PasswordHasher(**cost)
    kept = hasher.hash(PASSWORD)
    lanes = in_turn({"check": lambda: hasher.verify(kept, PASSWORD)}, rounds=1, each=9)
    return median(lanes["check"].times)


if __name__ == "__main__":
    sys.exit(main())
