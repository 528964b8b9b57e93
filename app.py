"""The Chalice application: what API Gateway and the event sources call."""

from chalice.app import Chalice

app = Chalice(app_name="partnerbook")


@app.route("/health")
def health() -> dict[str, str]:
    """Say that the API answers."""
    return {"status": "ok"}
