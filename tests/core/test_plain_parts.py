"""The small parts: what is stored exactly, words, the clock, and keys."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy.dialects import sqlite

from clinic_notes.core import clock, display
from clinic_notes.core.db import Exact, Term, UtcDateTime, shared
from clinic_notes.core.secret_files import BadKey, secret
from clinic_notes.reference.terms import Answer, Side

DIALECT = sqlite.dialect()
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class TestStoredTypes:
    @pytest.mark.parametrize("text", ["4", "39.5", "-5", "0", "0.01", "-0.25", "9999.99", "100"])
    def test_a_decimal_comes_back_as_it_was_written(self, text: str) -> None:
        column = Exact()
        stored = column.process_bind_param(Decimal(text), DIALECT)
        read = column.process_result_value(stored, DIALECT)
        assert (str(read), type(stored)) == (text, int)

    def test_a_third_decimal_is_refused_not_rounded(self) -> None:
        with pytest.raises(ValueError, match=r"0\.125"):
            Exact().process_bind_param(Decimal("0.125"), DIALECT)

    def test_a_moment_is_stored_in_utc(self) -> None:
        berlin = NOON.astimezone(timezone(timedelta(hours=1)))
        assert UtcDateTime().process_bind_param(berlin, DIALECT) == NOON
        assert UtcDateTime().process_result_value(NOON.replace(tzinfo=None), DIALECT) == NOON

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            UtcDateTime().process_bind_param(NOON.replace(tzinfo=None), DIALECT)

    def test_a_word_outside_the_vocabulary_is_refused(self) -> None:
        column = Term(Answer)
        store = column.bind_processor(DIALECT)
        assert (store(Answer.NOT_ASKED), type(store(Answer.NOT_ASKED))) == ("not_asked", str)
        assert column.result_processor(DIALECT, None)("no") is Answer.NO
        with pytest.raises(KeyError, match="maybe"):
            store("maybe")

    @pytest.mark.parametrize("column", [Exact(), UtcDateTime(), Term(Side)], ids=str)
    def test_nothing_stays_nothing(self, column: Any) -> None:
        assert column.bind_processor(DIALECT)(None) is None
        assert column.result_processor(DIALECT, None)(None) is None

    def test_only_postgresql_is_shared(self) -> None:
        with pytest.raises(ValueError, match="postgresql://"):
            shared("mysql://somewhere/clinic")


class TestWords:
    def test_days_and_moments(self) -> None:
        assert display.day(date(2026, 3, 4)) == "4 Mar 2026"
        assert display.day(None) == ""
        assert display.moment(NOON, "Europe/Berlin") == "4 Mar 2026, 13:00 CET"
        assert display.moment(NOON.replace(month=7), "America/Chicago") == "4 Jul 2026, 07:00 CDT"
        assert display.moment(None, "Europe/Berlin") == ""

    @pytest.mark.parametrize(
        ("on", "years"),
        [(date(2026, 3, 13), 46), (date(2026, 3, 14), 47), (date(1979, 3, 14), 0)],
        ids=["the day before", "the birthday", "the day of birth"],
    )
    def test_age_in_completed_years(self, on: date, years: int) -> None:
        assert display.age(date(1979, 3, 14), on) == years

    def test_a_leap_day_child_ages_in_march(self) -> None:
        assert display.age(date(2024, 2, 29), date(2026, 2, 28)) == 1
        assert display.age(date(2024, 2, 29), date(2026, 3, 1)) == 2

    def test_terms(self) -> None:
        assert display.words(Answer.NOT_ASKED) == "not asked"
        assert display.words(None) == ""


class TestClock:
    def test_now_knows_its_zone(self) -> None:
        assert clock.now().tzinfo is UTC

    @pytest.mark.parametrize(
        ("zone", "day"),
        [("Europe/Berlin", date(2026, 3, 5)), ("America/Chicago", date(2026, 3, 4))],
    )
    def test_today_is_the_clinics_own(self, zone: str, day: date) -> None:
        with time_machine.travel(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), tick=False):
            assert clock.today(zone) == day


class TestSecretFiles:
    def test_the_first_start_makes_a_key_only_its_owner_reads(self, tmp_path: Path) -> None:
        made = secret("", "", tmp_path / "instance" / "key")
        assert len(bytes.fromhex(made)) == 32
        assert (tmp_path / "instance" / "key").stat().st_mode & 0o777 == 0o600
        assert secret("", "", tmp_path / "instance" / "key") == made

    def test_the_environment_goes_first_then_the_file_named(self, tmp_path: Path) -> None:
        (tmp_path / "named").write_text("from the file\n")
        assert secret("given", str(tmp_path / "named"), tmp_path / "kept") == "given"
        assert secret("", str(tmp_path / "named"), tmp_path / "kept") == "from the file"

    def test_no_new_key_is_made_beside_a_store(self, tmp_path: Path) -> None:
        (tmp_path / "store.db").write_text("kept")
        with pytest.raises(BadKey, match=r"key is missing, and .*store.db is there"):
            secret("", "", tmp_path / "key", opens=tmp_path / "store.db")
        assert not (tmp_path / "key").exists()

    def test_a_key_file_that_was_named_is_never_made(self, tmp_path: Path) -> None:
        with pytest.raises(BadKey, match="cannot be read: No such file"):
            secret("", str(tmp_path / "named"), tmp_path / "kept")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("content", "message"),
        [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe\x00", "holds no text")],
    )
    def test_a_key_file_without_a_key_is_refused(
        self, tmp_path: Path, content: bytes, message: str
    ) -> None:
        (tmp_path / "key").write_bytes(content)
        (tmp_path / "key").chmod(0o600)
        with pytest.raises(BadKey, match=message):
            secret("", "", tmp_path / "key")
        assert (tmp_path / "key").read_bytes() == content

    def test_a_folder_in_place_of_the_key_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "key").mkdir(mode=0o700)
        with pytest.raises(BadKey, match="Is a directory"):
            secret("", "", tmp_path / "key")
