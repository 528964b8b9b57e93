"""What the use cases of each family need: a signature tells what its use case can touch.

Bases are named in the order of the alphabet, which keeps Python from finding them contradictory.
"""

from __future__ import annotations

from typing import Protocol

from chalicelib.domain.nightly_runs import HasNightlyRuns
from chalicelib.domain.ports import (
    HasAccounts,
    HasAudit,
    HasBonuses,
    HasBulkOperations,
    HasErasures,
    HasFiles,
    HasImports,
    HasInvites,
    HasMail,
    HasMailer,
    HasPartners,
    HasQueues,
    HasReportRuns,
    HasReportSchedules,
    HasTeam,
    HasWriter,
)
from chalicelib.domain.service_requests import HasServiceRequests
from chalicelib.domain.sign_in_links import HasSignInLinks


class AccountPorts(HasAccounts, HasPartners, Protocol):
    """Changing an account, and what a change takes along."""


class ManagementRequestPorts(HasAccounts, HasPartners, HasQueues, Protocol):
    """Asking an owner for the right to manage the account."""


class ErasurePorts(HasAccounts, HasErasures, HasPartners, HasQueues, Protocol):
    """Asking for an erasure."""


class BonusPorts(HasAccounts, HasBonuses, Protocol):
    """Paying bonuses."""


class BulkOperationPorts(HasAccounts, HasBonuses, HasBulkOperations, HasPartners, HasQueues, Protocol):
    """Previewing a bulk operation, and asking for it."""


class TransferPorts(HasAccounts, HasBonuses, HasPartners, Protocol):
    """Moving an account to another partner."""


class InvitePorts(HasAccounts, HasInvites, HasPartners, Protocol):
    """Inviting, and signing up."""


class ServiceRequestPorts(HasAccounts, HasPartners, HasServiceRequests, Protocol):
    """Asking for a service."""


class SignInLinkPorts(HasAccounts, HasPartners, HasSignInLinks, Protocol):
    """Opening an account on the platform."""


class TeamPorts(HasPartners, HasQueues, HasTeam, Protocol):
    """Changing who is on a team."""


class PartnerOverviewPorts(
    HasAccounts, HasBonuses, HasImports, HasMail, HasNightlyRuns, HasPartners, HasReportRuns, Protocol
):
    """Reading the figures of all partners."""


class SettingsPorts(HasPartners, HasQueues, HasReportSchedules, Protocol):
    """Changing a partner's settings."""


class ImportPorts(HasFiles, HasImports, HasQueues, Protocol):
    """Asking for an import."""


class MailPorts(HasMail, HasPartners, HasQueues, Protocol):
    """Asking for mail, confirming an address, ending mail."""


class ReportRunPorts(HasFiles, HasMail, HasPartners, HasReportRuns, Protocol):
    """Reading and deleting report runs."""


class ReportRequestPorts(HasAccounts, HasBonuses, HasFiles, HasPartners, HasQueues, HasReportRuns, Protocol):
    """Asking for a report, which may have to be counted first."""


class ReportSchedulePorts(HasPartners, HasReportSchedules, Protocol):
    """Changing report schedules."""


class ScheduledRunPorts(
    HasAccounts,
    HasBonuses,
    HasFiles,
    HasPartners,
    HasQueues,
    HasReportRuns,
    HasReportSchedules,
    Protocol,
):
    """Trying a report schedule."""


class DueChangePorts(HasAccounts, HasPartners, HasQueues, HasWriter, Protocol):
    """Applying what has become due."""


class SettlementPorts(HasAccounts, HasBonuses, HasPartners, HasQueues, HasWriter, Protocol):
    """Settling a partner for a night."""


class NightlyRunPorts(HasNightlyRuns, HasPartners, HasQueues, HasWriter, Protocol):
    """Beginning and finishing nightly runs."""


class SessionEndingPorts(HasPartners, HasTeam, HasWriter, Protocol):
    """Ending the sessions of who has left."""


class SessionPorts(HasTeam, HasWriter, Protocol):
    """Keeping people signed in. A session may end by a request that is refused, so that its use cases write."""


class ImportWorkerPorts(HasAccounts, HasFiles, HasImports, HasPartners, HasQueues, HasWriter, Protocol):
    """Carrying an import out."""


class BulkWorkerPorts(HasAccounts, HasBonuses, HasBulkOperations, HasPartners, HasQueues, HasWriter, Protocol):
    """Carrying a bulk operation out."""


class ReportRunWriterPorts(HasFiles, HasQueues, HasReportRuns, HasWriter, Protocol):
    """Moving a report run on."""


class ReportWorkerPorts(HasAccounts, HasBonuses, HasFiles, HasPartners, HasQueues, HasReportRuns, HasWriter, Protocol):
    """Making a report."""


class ScheduleWorkerPorts(HasPartners, HasQueues, HasReportSchedules, HasWriter, Protocol):
    """Running report schedules."""


class MailWorkerPorts(HasMail, HasQueues, HasWriter, Protocol):
    """Moving a delivery on."""


class SendWorkerPorts(
    HasAccounts,
    HasBonuses,
    HasMail,
    HasMailer,
    HasPartners,
    HasQueues,
    HasReportRuns,
    HasTeam,
    HasWriter,
    Protocol,
):
    """Sending mail, whatever it is about."""


class ErasureWorkerPorts(
    HasAccounts,
    HasAudit,
    HasBonuses,
    HasErasures,
    HasFiles,
    HasImports,
    HasMail,
    HasPartners,
    HasReportRuns,
    HasReportSchedules,
    HasServiceRequests,
    HasWriter,
    Protocol,
):
    """Carrying an erasure out."""


class DataCheckPorts(HasAccounts, HasBonuses, HasInvites, HasPartners, HasWriter, Protocol):
    """Comparing what is kept twice."""
