"""What hands do to a form: find a field by its name, open what hides it, choose or type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD


@dataclass(frozen=True)
class Row:
    """A row of a list, known by what it is about: ``Row("pains", context="now")``."""

    rows: str
    about: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, rows: str, **about: str) -> "Row":
        return cls(rows, tuple(about.items()))


def press(page: Page, button: str, *, exact: bool = True) -> None:
    """Press a button by its name and wait for the page that comes of it."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=exact).click()


def follow(page: Page, link: str) -> None:
    """Follow a link by its name and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def enter(page: Page, fields: Mapping[str, str]) -> None:
    """Enter each value, by the field's name."""
    for name, value in fields.items():
        put(page, name, value)


def put(page: Page, name: str, value: str) -> None:
    """Choose or type one value, whatever kind of field it is."""
    field = page.locator(f'main [name="{name}"]').first
    kind, is_hidden, is_folded = field.evaluate(
        "field => [field.localName == 'input' ? field.type : field.localName,"
        " Boolean(field.closest('details:not([open])')),"
        " field.closest('#before, #after')?.checkVisibility() === false]"
    )
    if is_hidden:
        _open_up(field)
    if is_folded:
        page.get_by_label("Measured today all the same").check()
    if kind in ("radio", "checkbox"):
        _tick(page.locator(f'main [name="{name}"][value="{value}"]'))
    elif kind == "select":
        _select(field, value)
    else:
        field.fill(value)


def _select(field: Locator, value: str) -> None:
    # A key, or a name: tools, products and people are known by theirs.
    options = field.locator("option").evaluate_all("all => all.map(o => [o.value, o.text.trim()])")
    fitting = [key for key, name in options if value == key or f"{name} ".startswith(f"{value} ")]
    assert fitting, f"{value} is not offered: {options}"
    field.select_option(fitting[0])


def _tick(choice: Locator) -> None:
    if not choice.is_checked():
        choice.locator("xpath=ancestor::label[1]").click()


def _open_up(field: Locator) -> None:
    closed = field.locator("xpath=ancestor::details[not(@open)]")
    while closed.count():
        closed.first.locator("summary").first.click()


def offers(page: Page, name: str, value: str) -> bool:
    """Say whether the page has this field, and this choice where it is one of several."""
    found: bool = page.evaluate(
        "([name, value]) => [...document.querySelectorAll(`main [name='${name}']`)]"
        ".some(field => !['radio', 'checkbox'].includes(field.type) || field.value == value)",
        [name, value],
    )
    return found


def row_name(page: Page, row: Row) -> str:
    """Return the name of this row, ``pains-0``; one is added where there is none."""
    values = _values(page, row.rows)
    names = [name.removesuffix("-id") for name in values if name.endswith("-id")]
    for name in names:
        if all(values.get(f"{name}-{field}") == value for field, value in row.about):
            return name
    empty = [name for name in names if not values.get(f"{name}-{row.about[0][0]}")]
    if not empty:
        page.locator(f'button[name="add"][value="{row.rows}"]').click()
        ids = page.locator(f'main [name^="{row.rows}-"][name$="-id"]')
        expect(ids).to_have_count(len(names) + 1)
        empty = [
            name.removesuffix("-id") for name in _values(page, row.rows) if name.endswith("-id")
        ]
        if row.rows == "uses":
            # It takes the lubricant of the row above; here each row says its own, or none.
            page.locator(f'[name="{empty[-1]}-lubricant_id"]').select_option("")
    enter(page, {f"{empty[-1]}-{field}": value for field, value in row.about})
    return empty[-1]


def _values(page: Page, rows: str) -> dict[str, str]:
    """Return what stands in the fields of these rows, by name."""
    found: dict[str, str] = page.evaluate(
        "rows => Object.fromEntries("
        "[...document.querySelectorAll(`main [name^='${rows}-']`)]"
        ".filter(field => field.type != 'radio' || field.checked)"
        ".map(field => [field.name, field.value]))",
        rows,
    )
    return found


def fill_in(page: Page, wanted: list[tuple[str | tuple[Row, str], str]], save: str) -> None:
    """Enter all that is wanted; what the form offers only once the rest is saved comes then."""
    while wanted:
        later = list(_not_offered(page, wanted))
        press(page, save)
        assert len(later) < len(wanted), f"found no field for {later}"
        wanted = later


def _not_offered(
    page: Page, wanted: list[tuple[str | tuple[Row, str], str]]
) -> Iterator[tuple[str | tuple[Row, str], str]]:
    # A row keeps its name for as long as the page stands.
    names: dict[Row, str] = {}
    for field, value in wanted:
        if isinstance(field, str):
            name = field
        else:
            row, part = field
            names[row] = names.get(row) or row_name(page, row)
            name = f"{names[row]}-{part}"
        if offers(page, name, value):
            put(page, name, value)
        else:
            yield field, value


def answer_rest_no(page: Page) -> None:
    """Say that everything was asked, and what is still open is "no"."""
    button = page.locator('button[name="answer_rest_no"]')
    _open_up(button)
    with page.expect_navigation():
        button.click()


def sign(page: Page) -> None:
    """Sign the session that stands in the form."""
    press(page, "Sign session")
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Sign")
