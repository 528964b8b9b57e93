"""SMS registration: the states it goes through."""

from __future__ import annotations

from enum import StrEnum


class RegistrationState(StrEnum):
    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
