/** What can be done with an account: the same list in the row menu and on the account's page. */
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Account } from '../api/types';
import { type Operation, type Rights, useRights } from '../auth/me';
import { text } from '../text/en';
import type { MenuAction } from '../ui/menu';
import type { AccountDialogProps } from './account-dialog';
import { CancelDialog, WithdrawDialog } from './cancel-dialogs';
import { LogInDialog, logInRefusal } from './log-in';
import { BillingDialog, PlanDialog } from './plan-dialogs';
import { refusalOf } from './refusal';
import { ManagementRequestDialog, ReferDialog } from './type-dialogs';

export type ActionKind =
  | 'log-in'
  | 'plan'
  | 'billing'
  | 'cancel'
  | 'withdraw'
  | 'refer'
  | 'ask-permission'
  | 'withdraw-permission';

export interface Action {
  kind: ActionKind;
  account: Account;
}

const labels = text.accounts.menu;

/** The operation behind each action: it is offered where the API allows that. */
const OPERATIONS: Record<ActionKind, Operation> = {
  'log-in': 'issue_sign_in_link',
  plan: 'change_plan',
  billing: 'change_billing_mode',
  cancel: 'cancel_account',
  withdraw: 'withdraw_cancellation',
  refer: 'change_account_type',
  'ask-permission': 'request_permission',
  'withdraw-permission': 'withdraw_permission_request',
};

export function useAccountActions() {
  const navigate = useNavigate();
  const rights = useRights();
  const [action, setAction] = useState<Action | null>(null);
  const actionsOf = useCallback(
    (account: Account): MenuAction[] => {
      const open = (kind: ActionKind) => ({ onAction: () => setAction({ kind, account }) });
      const manage: MenuAction = {
        id: 'manage',
        label: labels.manage,
        icon: 'accounts',
        onAction: () => void navigate(`/accounts/${account.account_id}`),
      };
      const logIn: MenuAction = {
        id: 'log-in',
        label: labels.logIn,
        icon: 'external',
        reason: logInRefusal(account, rights),
        ...open('log-in'),
      };
      const changes = changesOf(account, open).filter(({ id }) => rights.can(OPERATIONS[id as ActionKind]));
      return [manage, logIn, ...changes.map((change) => withReason(change, account, rights))];
    },
    [rights, navigate],
  );
  return { actionsOf, action, close: useCallback(() => setAction(null), []) };
}

/** The same action, with why it would be refused. */
function withReason(action: MenuAction, account: Account, { me }: Rights): MenuAction {
  const isSingleBillOff =
    action.id === 'billing' && account.billing_mode === 'direct' && me.partner?.single_bill_enabled === false;
  return {
    ...action,
    reason: isSingleBillOff ? labels.singleBillOff : refusalOf(account, OPERATIONS[action.id as ActionKind]),
  };
}

type Open = (kind: ActionKind) => { onAction: () => void };

function changesOf(account: Account, open: Open): MenuAction[] {
  const isCancelled = account.status === 'C';
  return [
    ...permissionOf(account, open),
    { id: 'plan', label: isCancelled ? labels.reactivate : labels.plan, icon: 'refresh', ...open('plan') },
    ...(account.account_type === 'managed' && !isCancelled ? [billing(open), refer(open)] : []),
    ...(isCancelled ? [] : [account.cancellation ? withdraw(open) : cancel(open)]),
  ];
}

function permissionOf(account: Account, open: Open): MenuAction[] {
  if (account.account_type === 'managed' || account.status === 'C') return [];
  return account.permission_ends_on
    ? [{ id: 'withdraw-permission', label: labels.withdrawPermission, icon: 'lock', ...open('withdraw-permission') }]
    : [{ id: 'ask-permission', label: labels.requestPermission, icon: 'lock', ...open('ask-permission') }];
}

const billing = (open: Open): MenuAction => ({
  id: 'billing',
  label: labels.billing,
  icon: 'services',
  ...open('billing'),
});
const refer = (open: Open): MenuAction => ({ id: 'refer', label: labels.refer, icon: 'send', ...open('refer') });
const cancel = (open: Open): MenuAction => ({
  id: 'cancel',
  label: labels.cancel,
  icon: 'trash',
  danger: true,
  ...open('cancel'),
});
const withdraw = (open: Open): MenuAction => ({
  id: 'withdraw',
  label: labels.withdrawCancellation,
  icon: 'refresh',
  ...open('withdraw'),
});

const DIALOGS: Record<ActionKind, React.ComponentType<AccountDialogProps>> = {
  'log-in': LogInDialog,
  plan: PlanDialog,
  billing: BillingDialog,
  cancel: CancelDialog,
  withdraw: WithdrawDialog,
  refer: ReferDialog,
  'ask-permission': ManagementRequestDialog,
  'withdraw-permission': ManagementRequestDialog,
};

export function AccountActionDialog({ kind, account, onClose }: Action & { onClose: () => void }) {
  const ActionDialog = DIALOGS[kind];
  return <ActionDialog account={account} onClose={onClose} />;
}
