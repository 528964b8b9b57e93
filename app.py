"""The Chalice application: what API Gateway and the event sources call."""

from chalice.app import Chalice

from chalicelib.api import accounts, add_ons, authorizer, imports, me, reports, summary, system
from chalicelib.jobs import import_worker, report_worker, sweeper

app = Chalice(app_name="partnerbook", configure_logs=False)

app.register_blueprint(authorizer.blueprint)
app.register_blueprint(system.blueprint)
app.register_blueprint(me.blueprint)
app.register_blueprint(accounts.blueprint)
app.register_blueprint(add_ons.blueprint)
app.register_blueprint(summary.blueprint)
app.register_blueprint(reports.blueprint)
app.register_blueprint(imports.blueprint)
app.register_blueprint(import_worker.blueprint)
app.register_blueprint(report_worker.blueprint)
app.register_blueprint(sweeper.blueprint)
