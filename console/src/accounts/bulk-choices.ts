/** What can be done with the accounts that are selected: what their rows and one's rights allow. */
import type { Account, AddOn, BillingMode, CancelReason, Plan } from '../api/types';
import type { Rights } from '../auth/me';
import type { BulkRequest, OperationName } from '../bulk-operations/queries';

const isManaged = (account: Account): boolean => account.account_type === 'managed' && account.status !== 'C';

const FITS: [OperationName, (account: Account) => boolean][] = [
  ['activate_add_on', isManaged],
  ['deactivate_add_on', isManaged],
  ['change_plan', (account) => account.account_type === 'managed'],
  ['change_billing_mode', (account) => isManaged(account) && account.status === 'O'],
  ['request_permission', (account) => account.account_type === 'referred' && account.status !== 'C'],
  ['cancel', isManaged],
];

/** Operations that at least one of the accounts may take; the server judges each of them. */
export function offered(accounts: Account[], can: Rights['can']): OperationName[] {
  const allowed = (name: OperationName) => can(name === 'cancel' ? 'cancel_account' : name);
  return FITS.filter(([name, fits]) => allowed(name) && accounts.some(fits)).map(([name]) => name);
}

export interface Chosen {
  operation: OperationName;
  addOn: AddOn | '';
  plan: Plan | '';
  billing: BillingMode | '';
  reason: CancelReason | '';
  day: string;
}

/** What is asked of the API; null while something is still to be chosen. */
export function requestOf(chosen: Chosen, accounts: Account[]): BulkRequest | null {
  const given = argumentsOf(chosen);
  if (!given) return null;
  return { operation: chosen.operation, arguments: given, accounts: accounts.map((account) => account.account_id) };
}

function argumentsOf({ operation, addOn, plan, billing, reason, day }: Chosen): BulkRequest['arguments'] | null {
  switch (operation) {
    case 'activate_add_on':
    case 'deactivate_add_on':
      return addOn ? { add_on: addOn } : null;
    case 'change_plan':
      return plan ? { plan } : null;
    case 'change_billing_mode':
      return billing ? { billing_mode: billing } : null;
    case 'cancel':
      return reason && day ? { reason, effective_on: day } : null;
    default:
      return {};
  }
}

const NAMED = 5;

/** The first names, and how many there are besides. */
export function named(accounts: { organization: string; username: string }[]): [string, number] {
  const names = accounts.slice(0, NAMED).map((account) => account.organization || account.username);
  return [names.join(', '), Math.max(0, accounts.length - NAMED)];
}
