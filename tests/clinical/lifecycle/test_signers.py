"""Who may sign and co-sign a note, and what their signature means."""

import pytest

from clinic_notes.clinical.lifecycle import (
    AWAITING,
    COSIGNATURE,
    cosigner_refusals,
    meaning_in_words,
    meaning_of_signature,
    signer_refusals,
)


@pytest.mark.parametrize(
    ("is_assistant", "is_author", "is_first", "words"),
    [
        pytest.param(True, True, False, [], id="an assistant's own later note"),
        pytest.param(True, True, True, ["evaluation"], id="an assistant's own evaluation"),
        pytest.param(True, False, False, ["the notes they wrote"], id="a colleague's draft"),
        pytest.param(
            True, False, True, ["the notes they wrote", "evaluation"], id="a colleague's evaluation"
        ),
        pytest.param(False, False, True, [], id="a therapist for the author"),
        pytest.param(False, True, True, [], id="a therapist"),
    ],
)
def test_who_may_sign(
    is_assistant: bool, is_author: bool, is_first: bool, words: list[str]
) -> None:
    found = signer_refusals(is_assistant=is_assistant, is_author=is_author, is_first=is_first)
    assert len(found) == len(words)
    assert all(word in one.message for word, one in zip(words, found, strict=True))


def test_what_a_signature_means() -> None:
    assert meaning_of_signature(is_author=True, is_assistant=False) == "author"
    assert meaning_of_signature(is_author=False, is_assistant=False) == "for the author"
    awaiting = meaning_of_signature(is_author=True, is_assistant=True)
    assert awaiting in AWAITING
    assert meaning_in_words(awaiting, is_cosigned=False) == "author, awaiting co-signature"
    assert meaning_in_words(awaiting, is_cosigned=True) == "author"


@pytest.mark.parametrize(
    ("meanings", "is_signer", "words"),
    [
        pytest.param((AWAITING[0],), False, "", id="it awaits one"),
        pytest.param((AWAITING[0],), True, "another therapist", id="their own"),
        pytest.param((), False, "awaits no", id="a draft"),
        pytest.param(("author",), False, "awaits no", id="a therapist's"),
        pytest.param((AWAITING[0], COSIGNATURE), False, "awaits no", id="co-signed already"),
    ],
)
def test_who_may_cosign(meanings: tuple[str, ...], is_signer: bool, words: str) -> None:
    found = cosigner_refusals(meanings, is_signer=is_signer)
    assert [words in one.message for one in found] == ([True] if words else [])
