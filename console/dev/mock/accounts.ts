/** Accounts of the made-up API, with the rules that a person meets on the console. */
import type { Account, AddOn, Hold, Plan } from '../../src/api/types';
import { whyNot } from '../../src/accounts/add-on-rules';
import { text } from '../../src/text/en';
import { ADD_ONS, settled, TODAY } from './book';
import { type Answer, type Ask, conflict, forbidden, invalid, notFound, ok, paged, taken } from './http';
import type { State } from './state';

type Query = URLSearchParams;

export function matches(account: Account, query: Query): boolean {
  const is = (name: string, value: unknown) => !query.get(name) || query.get(name) === String(value);
  const hay = `${account.username}\n${account.organization}\n${account.owner.first_name}\n${account.owner.last_name}\n${account.partner_account_id}`.toLowerCase();
  const addOn = query.get('add_on') as AddOn | null;
  return (
    is('status', account.status) &&
    is('account_type', account.account_type) &&
    is('billing_mode', account.billing_mode) &&
    is('plan', account.plan) &&
    is('nab_status', account.bonus.status) &&
    (!query.get('hold') || account.holds.includes(query.get('hold') as Hold)) &&
    (!addOn || account.add_ons[addOn].entitlement !== 'inactive') &&
    (!query.get('q') || hay.includes((query.get('q') ?? '').toLowerCase())) &&
    account.activity.list_size >= Number(query.get('list_size_min') ?? 0) &&
    account.activity.list_size <= Number(query.get('list_size_max') ?? Number.POSITIVE_INFINITY) &&
    !(query.get('never_logged_in') === 'true' && account.activity.login_count) &&
    !(query.get('never_sent_campaign') === 'true' && account.activity.campaigns_sent) &&
    within(account.trial_ends_on, null, query.get('trial_ends_to')) &&
    within(account.initial_upgrade_on, query.get('first_payment_from'), query.get('first_payment_to'))
  );
}

function within(value: string | null, low: string | null, high: string | null): boolean {
  if (!low && !high) return true;
  return value !== null && (!low || value >= low) && (!high || value <= high);
}

export function find(state: State, ask: Ask): Account {
  const account = state.accountsOf(ask.actor.partnerId).get(ask.params[0] ?? '');
  if (!account) throw notFound();
  return account;
}

function detailed(account: Account, role: string): Account {
  const why = (addOn: AddOn) => whyNot(account, addOn, role as never);
  const add_ons = Object.fromEntries(
    ADD_ONS.map((addOn) => {
      const refusal = why(addOn);
      return [addOn, { ...account.add_ons[addOn], refusal: refusal ? text.addOns.reasons[refusal] : null }];
    }),
  ) as Account['add_ons'];
  return { ...account, add_ons };
}

const listAccounts = (state: State, ask: Ask): Answer =>
  paged([...state.accountsOf(ask.actor.partnerId).values()].filter((account) => matches(account, ask.query)), ask.query, { settled_on: TODAY });

const getAccount = (state: State, ask: Ask): Answer => ok(detailed(find(state, ask), ask.actor.role));

function changed(state: State, ask: Ask, kind: string, account: Account, changes: [string, string | null, string | null][] = []): Answer {
  account.version += 1;
  state.note(ask.actor, kind, account.account_id, changes);
  return ok(detailed(settled(account), ask.actor.role));
}

function createAccount(state: State, ask: Ask): Answer {
  const { username = '', organization = '', owner = {}, plan = 'trial', billing_mode, website, partner_account_id } = ask.body;
  const errors = [];
  if (!/^[A-Za-z0-9_@.+-]{6,50}$/.test(username)) errors.push({ pointer: '/username', detail: 'A username has 6 to 50 of the characters A-Z a-z 0-9 _ @ . + -.' });
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(owner.email ?? '')) errors.push({ pointer: '/owner/email', detail: 'An e-mail address is needed, such as ada@example.com.' });
  if (errors.length > 0) throw invalid(errors);
  const book = state.accountsOf(ask.actor.partnerId);
  if ([...book.values()].some((each) => each.username.toLowerCase() === username.toLowerCase()))
    throw taken('/username', `The username ${username} is taken. Usernames are unique over the whole platform.`);
  const account = settled({
    account_id: state.id('acct'), partner_account_id: partner_account_id ?? null, username, organization, website: website ?? null,
    owner: { first_name: '', last_name: '', phone: '', ...owner }, account_type: 'managed',
    billing_mode: plan === 'trial' ? 'direct' : (billing_mode ?? 'single_bill'), plan, status: plan === 'trial' ? 'T' : 'O', holds: [],
    created_on: TODAY, trial_ends_on: plan === 'trial' ? '2026-12-31' : null, initial_upgrade_on: plan === 'trial' ? null : TODAY, cancellation: null,
    activity: { list_size: 0, login_count: 0, last_login_on: null, campaigns_sent: 0, last_campaign_on: null, as_of: null },
    add_ons: Object.fromEntries(ADD_ONS.map((addOn) => [addOn, { entitlement: 'inactive', usable: false, payer: null }])) as Account['add_ons'],
    bonus: { status: 'not_started', days: null, days_left: null, earned_on: null }, permission_ends_on: null, next_steps: [], version: 0,
  });
  book.set(account.account_id, account);
  return { ...changed(state, ask, 'account.created', account), status: 201 };
}

function changeProfile(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  Object.assign(account, ask.body, { owner: { ...account.owner, ...ask.body.owner } });
  return changed(state, ask, 'account.changed', account, [['organization', null, null]]);
}

function switchAddOn(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const addOn = ask.params[1] as AddOn;
  const why = whyNot(account, addOn, ask.actor.role as never);
  if (why) throw (why === 'referred' || why === 'direct' || why === 'viewer' ? forbidden : conflict)(text.addOns.reasons[why]);
  const on = ask.method === 'PUT';
  const before = account.add_ons[addOn].entitlement;
  account.add_ons[addOn] = { entitlement: on ? 'active' : 'inactive', usable: on && addOn !== 'sms', payer: on ? 'partner' : null, ...(addOn === 'sms' ? { registration: 'not_started' } : {}) };
  return changed(state, ask, on ? 'add_on.activated' : 'add_on.deactivated', account, [['add_ons', before, account.add_ons[addOn].entitlement]]);
}

function changePlan(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const plan = ask.body.plan as Plan;
  if (plan === 'trial') throw conflict('A trial never comes back.');
  const before = account.plan;
  if (before === 'premium' && (ask.body.keep_add_ons ?? []).includes('newsletter_archive')) account.add_ons.newsletter_archive.entitlement = 'active';
  Object.assign(account, { plan, status: 'O', cancellation: null, initial_upgrade_on: account.initial_upgrade_on ?? TODAY });
  return changed(state, ask, 'plan.changed', account, [['plan', before, plan]]);
}

function cancel(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  if (ask.method === 'DELETE') {
    account.cancellation = null;
    return changed(state, ask, 'cancellation.withdrawn', account);
  }
  const { reason, effective_on = TODAY } = ask.body;
  if (!reason) throw invalid([{ pointer: '/reason', detail: 'A reason is needed.' }]);
  if (effective_on < TODAY) throw invalid([{ pointer: '/effective_on', detail: 'A cancellation takes effect today or on a day to come.' }]);
  account.cancellation = { effective_on, reason };
  if (effective_on === TODAY) {
    Object.assign(account, { status: 'C', billing_mode: 'direct' });
    for (const addOn of ADD_ONS) account.add_ons[addOn] = { entitlement: 'inactive', usable: false, payer: null };
  }
  return changed(state, ask, 'account.cancelled', account);
}

function changeBilling(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const before = account.billing_mode;
  account.billing_mode = ask.body.billing_mode;
  return changed(state, ask, 'billing.changed', account, [['billing_mode', before, account.billing_mode]]);
}

function makeReferred(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  Object.assign(account, { account_type: 'referred', billing_mode: 'direct' });
  return changed(state, ask, 'account.referred', account);
}

function hold(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const which = ask.params[1] as Hold;
  if (which === 'suspended' && ask.method === 'PUT' && account.billing_mode === 'single_bill')
    throw conflict('Take the account off the single bill first.');
  account.holds = ask.method === 'PUT' ? [...new Set([...account.holds, which])] : account.holds.filter((each) => each !== which);
  return changed(state, ask, ask.method === 'PUT' ? 'hold.placed' : 'hold.lifted', account);
}

function permission(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  account.permission_ends_on = ask.method === 'PUT' ? '2026-12-01' : null;
  if (ask.method === 'PUT') delete account.last_permission_request;
  else account.last_permission_request = { status: 'withdrawn', ended_on: TODAY };
  return changed(state, ask, ask.method === 'PUT' ? 'permission.requested' : 'permission.withdrawn', account);
}

function signInLink(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  if (account.account_type !== 'managed') throw forbidden('Only managed accounts can be logged in to.');
  state.note(ask.actor, 'sign_in_link.issued', account.account_id);
  return ok({ account_id: account.account_id, url: 'http://127.0.0.1/sign-in#token=mock', expires_at: new Date(Date.now() + 60_000).toISOString() }, 201);
}

const registration = (state: State, accountId: string) =>
  state.registrations.get(accountId) ?? { account_id: accountId, state: 'not_started', form: {}, monthly_limit: null, rejection: null, version: 0 };

function smsRegistration(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const now = registration(state, account.account_id);
  if (ask.method === 'GET') return ok(now);
  const saved = { ...now, form: ask.body, state: now.state === 'not_started' ? 'draft' : now.state, version: now.version + 1 };
  state.registrations.set(account.account_id, saved);
  account.add_ons.sms.registration = saved.state as never;
  return ok(saved);
}

function submitSms(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const now = registration(state, account.account_id);
  const needed = ['legal_business_name', 'business_type', 'street', 'city', 'state', 'zip_code', 'contact_name', 'contact_email', 'sample_message', 'sender_name'];
  const errors = needed.filter((name) => !now.form[name]).map((name) => ({ pointer: `/${name}`, detail: 'This is needed.' }));
  if (/@gmail\.com$/.test(now.form.contact_email ?? '')) errors.push({ pointer: '/contact_email', detail: "An address at the business's own domain is needed." });
  if (errors.length > 0) throw invalid(errors);
  return setRegistration(state, account, { ...now, state: 'submitted', version: now.version + 1 });
}

function reviewSms(state: State, ask: Ask): Answer {
  const account = find(state, ask);
  const now = registration(state, account.account_id);
  account.add_ons.sms.usable = ask.body.state === 'approved';
  return setRegistration(state, account, { ...now, state: ask.body.state, rejection: ask.body.reason ?? null, version: now.version + 1 });
}

function setRegistration(state: State, account: Account, next: any): Answer {
  state.registrations.set(account.account_id, next);
  account.add_ons.sms.registration = next.state;
  return ok(next);
}

export const ACCOUNT_ROUTES: [string, string, (state: State, ask: Ask) => Answer][] = [
  ['GET', '/accounts', listAccounts],
  ['POST', '/accounts', createAccount],
  ['GET', '/accounts/:', getAccount],
  ['PATCH', '/accounts/:', changeProfile],
  ['PUT', '/accounts/:/add-ons/:', switchAddOn],
  ['DELETE', '/accounts/:/add-ons/:', switchAddOn],
  ['PUT', '/accounts/:/plan', changePlan],
  ['PUT', '/accounts/:/cancellation', cancel],
  ['DELETE', '/accounts/:/cancellation', cancel],
  ['PUT', '/accounts/:/billing-mode', changeBilling],
  ['PUT', '/accounts/:/account-type', makeReferred],
  ['PUT', '/accounts/:/holds/:', hold],
  ['DELETE', '/accounts/:/holds/:', hold],
  ['PUT', '/accounts/:/permission-request', permission],
  ['DELETE', '/accounts/:/permission-request', permission],
  ['POST', '/accounts/:/sign-in-links', signInLink],
  ['GET', '/accounts/:/sms-registration', smsRegistration],
  ['PUT', '/accounts/:/sms-registration', smsRegistration],
  ['POST', '/accounts/:/sms-registration/submission', submitSms],
  ['POST', '/accounts/:/sms-registration/review', reviewSms],
];
