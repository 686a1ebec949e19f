"""Creates the application: settings, store, features, access control."""

from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic_notes import models, progress
from clinic_notes.accounts import refusals, sign_in
from clinic_notes.accounts import views as accounts
from clinic_notes.charting import views as charting
from clinic_notes.charting.body_map import svg
from clinic_notes.charting.readings import field_hints
from clinic_notes.charting.visit import first_days, left_drafts, places
from clinic_notes.core import access, audit_spool, display
from clinic_notes.core import db as store
from clinic_notes.core.forms import rendering
from clinic_notes.core.responses import assets, errors, headers, health
from clinic_notes.core.secret_files import make_private, secret
from clinic_notes.documents import views as documents
from clinic_notes.equipment import views as equipment
from clinic_notes.outcomes import views as outcomes
from clinic_notes.outcomes.facts import actions as facts
from clinic_notes.paths import shipped
from clinic_notes.patients import views as patients
from clinic_notes.plan_of_care import views as plan_of_care
from clinic_notes.policy import views as policy
from clinic_notes.snippets import views as snippets
from clinic_notes.trail import views as trail

FEATURES = (
    health,
    assets,
    accounts,
    patients,
    plan_of_care,
    equipment,
    policy,
    snippets,
    charting,
    progress,
    outcomes,
    documents,
    trail,
)

STORE = "clinic-notes.db"
"""The embedded store's file in the instance folder."""
DEMO_MARK = "demo"
"""The file in the instance folder that marks it as the demo: all people in it are invented."""


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Return the application; ``settings`` override those of ``config.py``."""
    app = Flask("clinic_notes", template_folder=str(shipped("templates")))
    app.config.from_pyfile(str(shipped("config.py")))
    app.config.from_mapping(settings or {})
    app.config["DEMO"] |= Path(app.config["INSTANCE"], DEMO_MARK).exists()
    _trust_proxies(app)
    _keep_secrets(app)
    _open_store(app)
    CSRFProtect(app)
    Bootstrap5(app)
    Compress(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    sign_in.init_app(app)
    refusals.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    for listener in (facts, first_days, left_drafts, places):
        listener.register()
    display.register(app)
    rendering.register(app)
    field_hints.register(app)
    svg.register(app)
    assets.register(app)
    headers.register(app)
    errors.register(app)
    access.guard(app)
    return app


def _trust_proxies(app: Flask) -> None:
    # Any client can send these headers. They are read only where the clinic runs proxies of its
    # own, and only as many entries as there are proxies.
    hops = app.config["PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _keep_secrets(app: Flask) -> None:
    config, instance = app.config, Path(app.config["INSTANCE"])
    config["SECRET_KEY"] = secret(
        config["SECRET_KEY_VALUE"],
        config["SECRET_KEY_FILE"],
        instance / "secret.key",
        opens=instance / STORE,
    )


def _open_store(app: Flask) -> None:
    config, instance = app.config, Path(app.config["INSTANCE"])
    if config["DATABASE_URL"]:
        engine = store.shared(config["DATABASE_URL"])
    else:
        path = (instance / STORE).resolve()
        key = secret(
            config["DATABASE_KEY"],
            config["DATABASE_KEY_FILE"],
            instance / "database.key",
            opens=path,
        )
        make_private(path)
        engine = store.embedded(path, key)
        audit_spool.prepare(app, instance / "audit.spool")
    config["SQLALCHEMY_ENGINES"] = {"default": engine}
    store.db.init_app(app)
    # The extension also closes async sessions, which takes a thread at every request. We have none.
    closing = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [each for each in closing if not iscoroutinefunction(each)]
    with app.app_context():
        store.prepare(store.db.engine)


__all__ = ["create_app", "models"]
