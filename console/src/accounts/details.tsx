/** One account: profile, plan, billing, holds, activity, history, and its add-ons at the bottom. */
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { current } from '../api/problem';
import type { Account } from '../api/types';
import { History } from '../audit/history';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatDay, formatMoment, formatNumber } from '../text/format';
import { Button, ButtonLink } from '../ui/button';
import { Menu } from '../ui/menu';
import { Columns, Facts, Note, Page, Section } from '../ui/page';
import { Failure, Skeleton } from '../ui/states';
import { AccountActionDialog, useAccountActions } from './actions';
import { AddOnsSection } from './add-ons';
import { BonusBadge, HoldBadge, StatusBadge, StatusBadges } from './badges';
import { listLocation, visitAccount } from './list-location';
import { LogInButton } from './log-in';
import { ManagementRequestSection } from './management-request';
import { OperatorSection } from './operator-section';
import { EditProfile } from './profile';
import { useAccount } from './queries';
import { refusalOf } from './refusal';

const labels = text.account;
const { words } = text;

export function AccountPage() {
  const { accountId = '' } = useParams();
  const account = useAccount(accountId);
  useEffect(() => visitAccount(accountId), [accountId]);
  const back = { href: listLocation(), label: labels.back };
  const data = current(account);
  if (data) return <Details account={data} back={back} />;
  return (
    <Page title={labels.loading} back={back}>
      {account.error ? (
        <Failure error={account.error} onRetry={() => void account.refetch()} />
      ) : (
        <Skeleton lines={12} />
      )}
    </Page>
  );
}

function Details({ account, back }: { account: Account; back: { href: string; label: string } }) {
  const { can } = useRights();
  const { actionsOf, action, close } = useAccountActions();
  const actions = actionsOf(account).filter((action) => action.id !== 'manage');
  return (
    <Page
      title={account.organization || account.username}
      beside={<StatusBadges account={account} />}
      lead={`${words.accountType[account.account_type]} · ${words.plan[account.plan]} · ${account.username}`}
      back={back}
      actions={
        <>
          {can('request_service') && !refusalOf(account, 'request_service') && (
            <ButtonLink href={`/services?account=${account.account_id}`}>{labels.services}</ButtonLink>
          )}
          <LogInButton account={account} small={false} />
          <Menu label={text.accounts.menu.label} icon="dots" actions={actions} />
        </>
      }
    >
      <StatusNotes account={account} />
      <Columns>
        <Profile account={account} />
        <PlanAndBilling account={account} />
      </Columns>
      <ActivitySection account={account} />
      {account.account_type === 'referred' && account.status !== 'C' && <ManagementRequestSection account={account} />}
      {can('place_hold') && <OperatorSection account={account} />}
      <Section title={labels.history} lead={labels.historyLead}>
        <History accountId={account.account_id} />
      </Section>
      <AddOnsSection account={account} />
      {action && <AccountActionDialog {...action} account={account} onClose={close} />}
    </Page>
  );
}

function StatusNotes({ account }: { account: Account }) {
  const { cancellation } = account;
  const reason = word(words.cancelReason, cancellation?.reason);
  return (
    <>
      {cancellation && account.status !== 'C' && (
        <Note tone="warn">{labels.scheduled(formatDay(cancellation.effective_on), reason)}</Note>
      )}
      {cancellation && account.status === 'C' && (
        <Note>{labels.cancelled(formatDay(cancellation.effective_on), reason)}</Note>
      )}
      {account.holds.includes('suspended') && <Note tone="bad">{labels.suspended}</Note>}
    </>
  );
}

function Profile({ account }: { account: Account }) {
  const { can } = useRights();
  const [isEditing, setEditing] = useState(false);
  return (
    <Section
      title={labels.profile}
      actions={
        can('change_account') && (
          <Button small icon="edit" onPress={() => setEditing(true)}>
            {labels.edit}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          { label: labels.organization, value: account.organization },
          { label: labels.owner, value: `${account.owner.first_name} ${account.owner.last_name}`.trim() || text.none },
          { label: labels.email, value: account.owner.email || text.none },
          { label: labels.phone, value: account.owner.phone || text.none },
          { label: labels.website, value: account.website },
          { label: labels.username, value: account.username },
          { label: labels.partnerAccountId, value: account.partner_account_id },
          { label: labels.accountId, value: account.account_id },
        ]}
      />
      {isEditing && <EditProfile account={account} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function PlanAndBilling({ account }: { account: Account }) {
  const { status, days } = account.bonus;
  return (
    <Section title={labels.plan}>
      <Facts
        facts={[
          { label: labels.status, help: text.rules.status, value: <StatusBadge status={account.status} /> },
          { label: labels.holds, help: text.rules.holds, value: <Holds account={account} /> },
          { label: labels.type, value: words.accountType[account.account_type] },
          { label: labels.planLabel, value: words.plan[account.plan] },
          { label: labels.billing, help: text.rules.singleBill, value: words.billingMode[account.billing_mode] },
          { label: labels.created, value: formatDay(account.created_on) },
          { label: labels.trialEnds, value: formatDay(account.trial_ends_on) },
          { label: labels.firstPayment, value: formatDay(account.initial_upgrade_on) },
          {
            label: labels.bonus,
            help: text.rules.bonus,
            value: (
              <>
                <BonusBadge status={status} /> {status === 'tracking' && days !== null && labels.bonusDays(days)}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function ActivitySection({ account: { activity } }: { account: Account }) {
  const lead = activity.as_of ? `${labels.activityLead} ${formatMoment(activity.as_of)}` : labels.activityLead;
  return (
    <Section title={labels.activity} lead={lead}>
      <Facts
        facts={[
          { label: labels.listSize, value: formatNumber(activity.list_size) },
          { label: labels.logins, value: formatNumber(activity.login_count) },
          {
            label: labels.lastLogin,
            value: activity.last_login_on ? formatDay(activity.last_login_on) : text.accounts.never,
          },
          { label: labels.campaigns, value: formatNumber(activity.campaigns_sent) },
          {
            label: labels.lastCampaign,
            value: activity.last_campaign_on ? formatDay(activity.last_campaign_on) : text.accounts.never,
          },
        ]}
      />
    </Section>
  );
}

function Holds({ account }: { account: Account }) {
  return account.holds.length === 0
    ? labels.noHolds
    : account.holds.map((hold) => <HoldBadge key={hold} hold={hold} />);
}
