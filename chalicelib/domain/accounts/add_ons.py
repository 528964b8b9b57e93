"""Add-ons and the entitlement an account has to one."""

from __future__ import annotations

from enum import StrEnum


class AddOn(StrEnum):
    """Something an account can have besides its plan."""

    SMS = "sms"
    SEO = "seo"
    INBOX_PREVIEW = "inbox_preview"
    NEWSLETTER_ARCHIVE = "newsletter_archive"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    AddOn.SMS: "SMS",
    AddOn.SEO: "SEO",
    AddOn.INBOX_PREVIEW: "Inbox Preview",
    AddOn.NEWSLETTER_ARCHIVE: "Newsletter Archive",
}


class Entitlement(StrEnum):
    """What an account has of an add-on."""

    ACTIVE = "active"
    """Activated, and charged."""
    INCLUDED = "included"
    """Part of the plan, not charged."""
    INACTIVE = "inactive"
