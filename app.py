"""The Chalice application: what API Gateway and the event sources call."""

from importlib import import_module

from chalice.app import Chalice

from chalicelib.api.http import authorizer
from chalicelib.api.routes import MODULES
from chalicelib.jobs import (
    bounce_worker,
    bulk_worker,
    delivery_worker,
    import_worker,
    nightly,
    report_worker,
    scheduled_reports,
    settle_worker,
    sweeper,
)

JOBS = (
    bulk_worker,
    import_worker,
    nightly,
    report_worker,
    settle_worker,
    sweeper,
    scheduled_reports,
    delivery_worker,
    bounce_worker,
)

app = Chalice(app_name="partnerbook", configure_logs=False)

for part in (
    authorizer,
    *(import_module(f"chalicelib.api.{name}") for name in dict.fromkeys(MODULES.values())),
    *JOBS,
):
    app.register_blueprint(part.blueprint)
