"""The Chalice application: what API Gateway and the event sources call."""

from chalice.app import Chalice

# isort: off
from chalicelib.api.http import authorizer
from chalicelib.api import system, me
from chalicelib.api import accounts, lifecycle, add_ons, sms, permissions, moves, sign_in_links, activity
from chalicelib.api import summary, bonuses, departures, reports, imports, invites, service_requests
from chalicelib.api import team, team_invitations, invitations, settings, audit, partners, nightly_runs
from chalicelib.api import (
    report_schedules,
    downloads,
    deliveries,
    unsubscribes,
    import_previews,
    recipient_confirmations,
)
from chalicelib.jobs import import_worker, nightly, report_worker, settle_worker, sweeper
from chalicelib.jobs import scheduled_reports, delivery_worker, bounce_worker
# isort: on

app = Chalice(app_name="partnerbook", configure_logs=False)

for part in (
    *(authorizer, system, me),
    *(accounts, lifecycle, add_ons, sms, permissions, moves, sign_in_links, activity),
    *(summary, bonuses, departures, reports, imports, invites, service_requests),
    *(team, team_invitations, invitations, settings, audit, partners, nightly_runs),
    *(report_schedules, downloads, deliveries, unsubscribes, import_previews, recipient_confirmations),
    *(import_worker, nightly, report_worker, settle_worker, sweeper),
    *(scheduled_reports, delivery_worker, bounce_worker),
):
    app.register_blueprint(part.blueprint)
