"""The one style sheet and the one script: put together from all sources, cached, compressed."""

import re
from pathlib import Path

import pytest
from flask import Flask

from clinic_notes.core.responses import assets
from tests.stores import ON_ONE_STORE

LINK = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


@ON_ONE_STORE
def test_a_page_links_one_style_sheet_and_one_script(app: Flask) -> None:
    links = LINK.findall(app.test_client().get("/sign-in").text)
    assert [link.rpartition(".")[2] for link in links] == ["css", "js"]
    for link in links:
        answer = app.test_client().get(link)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@ON_ONE_STORE
def test_the_name_of_an_older_version_is_not_found(app: Flask) -> None:
    assert app.test_client().get("/assets/clinic-notes-0123456789abcdef.css").status_code == 404


@ON_ONE_STORE
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_what_is_sent_is_compressed(app: Flask, coding: str) -> None:
    client = app.test_client()
    for address in ("/sign-in", f"/assets/{assets.style_sheet().name}"):
        answer = client.get(address, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in client.get("/sign-in").headers


def test_each_script_stands_after_those_it_imports() -> None:
    content = assets.script().content
    for name in [path.stem for path in assets.SCRIPTS.glob("*.js")]:
        begins = content.index(f'parts["{name}"] = ')
        source = (assets.SCRIPTS / f"{name}.js").read_text()
        for imported in re.findall(r'from "\./([\w-]+)\.js"', source):
            assert 0 <= content.index(f'parts["{imported}"] = ') < begins


def test_a_rule_for_printing_holds_in_print_alone() -> None:
    content = assets.style_sheet().content
    printed = (assets.STYLES / "print.css").read_text()
    assert content.endswith(f"@media print {{\n{printed}}}\n")


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./rows.js";',
        'import rows from "./rows.js";',
        "export let count = 0;",
        "export default 1;",
    ],
)
def test_what_cannot_be_put_together_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    (tmp_path / "main.js").write_text(f"{line}\n")
    monkeypatch.setattr(assets, "SCRIPTS", tmp_path)
    assets.script.cache_clear()
    try:
        with pytest.raises(assets.UnknownSyntax, match=re.escape(line)):
            assets.script()
    finally:
        assets.script.cache_clear()
