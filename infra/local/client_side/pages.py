"""The stand-in's pages as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from infra.local.client_side.platform import Client

STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}
body{overflow-wrap:anywhere}
header{border-bottom:3px double;margin-bottom:1.5rem;padding-bottom:.5rem}
form{margin:.5rem 0}label{display:block;margin:.5rem 0}
input{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}
button{font:inherit;padding:.4rem .9rem;margin:.2rem .4rem .2rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem}dd{margin:0}
[role=status],[role=alert]{border:2px solid;padding:.5rem}
"""
PLANS = ("lite", "standard", "premium")
ADD_ON_WORDS = {"active": "Drop", "inactive": "Buy"}
STATUSES = {"O": "open", "T": "on trial", "E": "expired trial", "C": "canceled"}
FROM_FRAGMENT = """
<form method="post" action="/sign-in"><input type="hidden" name="token" id="token">
<button>Open the account</button></form>
<script>document.getElementById('token').value = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
history.replaceState(null, '', location.pathname);</script>
"""
"""Takes the link's token out of the fragment, which no server sees, and sends it as a form."""


def page(title: str, body: str, *, notice: str = "", wrong: str = "") -> str:
    """Return a page, which says that it is a stand-in."""
    notices = f'<p role="status">{escape(notice)}</p>' if notice else ""
    notices += f'<p role="alert">{escape(wrong)}</p>' if wrong else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - stand-in for the platform</title><style>{STYLE}</style></head><body>"
        '<header><a href="/">A stand-in for the platform</a>: the client\'s side, for trying things out</header>'
        f"<main><h1>{escape(title)}</h1>{notices}{body}</main></body></html>"
    )


def start(*, wrong: str = "") -> str:
    """Return the first page: whose account it is."""
    body = (
        "<p>Partners' links lead here: an invite, and “Log in to the account”. "
        "Or name an account, and be its client.</p>"
        f'<form method="post" action="/clients">{_field("username", "Username")}<button>Be this client</button></form>'
    )
    return page("Whose account?", body, wrong=wrong)


def join(invite: dict[str, Any], values: dict[str, str], *, wrong: str = "") -> str:
    """Return the landing page of an invite, with its form."""
    fields = (
        ("organization", "Organization"),
        ("first_name", "First name"),
        ("last_name", "Last name"),
        ("email", "E-mail"),
        ("username", "Username"),
    )
    form = "".join(_field(name, label, values.get(name, "")) for name, label in fields)
    body = (
        f"<p>{escape(invite['partner_name'])} invites you: {escape(invite['greeting'] or 'try it.')}</p>"
        f'<form method="post" action="/join/{escape(invite["slug"])}">{form}'
        f"<button>Start a trial of {invite['trial_days']} days</button></form>"
    )
    return page(f"Join {invite['partner_name']}", body, wrong=wrong)


def sign_in() -> str:
    """Return the target of “Log in to the account”."""
    return page("Log in to the account", FROM_FRAGMENT)


def home(client: Client, account: dict[str, Any], *, notice: str = "", wrong: str = "") -> str:
    """Return a client's own page: what it has, and what it may do."""
    facts = (
        ("Status", STATUSES[account["status"]]),
        ("Plan", account["plan"]),
        ("Managed by the partner", "yes" if account["account_type"] == "managed" else "no"),
        ("Contacts", account["activity"]["list_size"]),
        ("Campaigns sent", account["activity"]["campaigns_sent"]),
    )
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in facts)
    body = f"<p>{escape(client.username)}</p><dl>{listed}</dl>{_permission(account)}{_actions(account)}"
    return page(account["organization"], body, notice=notice, wrong=wrong)


def _permission(account: dict[str, Any]) -> str:
    if not account["permission_ends_on"]:
        return ""
    until = escape(account["permission_ends_on"])
    return (
        f"<h2>Your partner asks to manage this account</h2><p>Answer by {until}.</p>"
        + _button("Allow", do="answer", approved="true")
        + _button("Decline", do="answer", approved="false")
    )


def _actions(account: dict[str, Any]) -> str:
    if account["status"] == "C":
        return ""
    plans = "".join(_button(plan.capitalize(), do="plan", plan=plan) for plan in PLANS if plan != account["plan"])
    add_ons = "".join(
        _button(f"{ADD_ON_WORDS[entitlement]} {name.replace('_', ' ')}", do="add-on", add_on=name, has=entitlement)
        for name, entitlement in ((name, has["entitlement"]) for name, has in account["add_ons"].items())
        if entitlement in ADD_ON_WORDS
    )
    leave = _button("Cancel the account", do="cancel", reason="cancelled_online_by_customer")
    return (
        f"<h2>Use it</h2>{_button('Log in and send a campaign', do='campaign')}<h2>Choose a plan</h2>{plans}"
        f"<h2>Add-ons</h2>{add_ons}<h2>Leave</h2>{leave}"
    )


def _button(label: str, **values: str) -> str:
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())
    return f'<form method="post" style="display:inline">{hidden}<button>{escape(label)}</button></form>'


def _field(name: str, label: str, value: str = "") -> str:
    return f'<label>{escape(label)}<input name="{name}" value="{escape(value)}" autocomplete="off"></label>'
