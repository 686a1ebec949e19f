"""What the shared fixtures hand to a test, as types to annotate with."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask.testing import FlaskClient

from clinic_notes.accounts.models import User

ActingAs = Callable[[User], AbstractContextManager[None]]
ClientFor = Callable[[User], FlaskClient]
CountStatements = Callable[[], AbstractContextManager[list[str]]]
