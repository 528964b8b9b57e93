/** Everything else of the made-up API: summary, bonuses, departures, invite, services, team, settings, imports, partners. */
import type { Account, AccountType, StatusCode } from '../../src/api/types';
import { daysBetween } from '../../src/text/format';
import { TODAY } from './book';
import { type Answer, type Ask, conflict, notFound, ok, paged } from './http';
import { PEOPLE } from './sign-in';
import type { State } from './state';

const USD = (amount: number) => ({ amount, currency: 'USD' });
const book = (state: State, ask: Ask): Account[] => [...state.accountsOf(ask.actor.partnerId).values()];

function me(state: State, ask: Ask): Answer {
  const person = PEOPLE[ask.actor.subject];
  const partner = state.partners.find((each) => each.partner_id === ask.actor.partnerId) ?? null;
  return ok({
    subject: ask.actor.subject, name: person?.name, email: `${ask.actor.subject}@example.com`, role: person?.role,
    partner_id: partner?.partner_id ?? null, memberships: [], operations: [],
    partner: partner && { ...partner, currency: partner.terms.bonus.currency, single_bill_enabled: partner.terms.single_bill_enabled },
  });
}

function summary(state: State, ask: Ask): Answer {
  const accounts = book(state, ask);
  const count = (status: StatusCode | null, type: AccountType | null) =>
    accounts.filter((each) => (!status || each.status === status) && (!type || each.account_type === type)).length;
  const counts = (status: StatusCode | null) => ({ managed: count(status, 'managed'), referred: count(status, 'referred'), total: count(status, null) });
  return ok({
    by_status: { O: counts('O'), T: counts('T'), E: counts('E'), C: counts('C') },
    total: counts(null),
    as_of: `${TODAY}T09:30:00Z`,
    settled_on: TODAY,
  });
}

function bonuses(state: State, ask: Ask): Answer {
  const rows = book(state, ask)
    .filter((each) => each.bonus.earned_on && each.bonus.earned_on > '2025-11-01')
    .map((each) => ({
      account_id: each.account_id, username: each.username, organization: each.organization, status: 'earned', initial_upgrade_on: each.initial_upgrade_on,
      earned_on: each.bonus.earned_on ?? '', amount: 10_000, currency: 'USD', paid_on: null, payment_reference: null,
    }));
  const months = new Map<string, number>();
  for (const { earned_on } of rows) months.set(earned_on.slice(0, 7), (months.get(earned_on.slice(0, 7)) ?? 0) + 1);
  return paged(rows, ask.query, { months: [...months].map(([month, count]) => ({ month, bonuses: count, amount: count * 10_000, currency: 'USD' })) });
}

function departures(state: State, ask: Ask): Answer {
  const rows = book(state, ask)
    .filter((each) => each.status === 'C' && each.cancellation)
    .map((each, index) => ({
      account_id: each.account_id, username: each.username, organization: each.organization, account_type: each.account_type,
      event: index % 29 === 0 ? 'move_out' : 'cancellation', effective_on: each.cancellation?.effective_on ?? '',
      days_ago: daysBetween(each.cancellation?.effective_on ?? TODAY, TODAY), reason: index % 29 === 0 ? null : each.cancellation?.reason,
      plan: each.plan, days_as_client: daysBetween(each.created_on, each.cancellation?.effective_on ?? TODAY),
    }))
    .filter((row) => row.days_ago >= 0 && row.days_ago <= 90);
  return ok({ first: '2026-08-03', last: TODAY, items: rows });
}

function askService(state: State, ask: Ask): Answer {
  const account = state.accountsOf(ask.actor.partnerId).get(ask.body.account_id);
  if (!account) throw notFound();
  const now = new Date().toISOString();
  const request = {
    ...ask.body, service_request_id: state.id('svc'), username: account.username, organization: account.organization,
    budget: ask.body.budget ? USD(ask.body.budget) : null, quote: null, price: null, margin: null, state: 'requested', requested_at: now, changed_at: now, version: 1,
  };
  state.services.unshift(request);
  return ok(request, 201);
}

function changeService(state: State, ask: Ask): Answer {
  const request = state.services.find((each) => each.service_request_id === ask.params[0]);
  if (!request) throw notFound();
  const { quote, price, ...rest } = ask.body;
  Object.assign(request, rest, { changed_at: new Date().toISOString(), version: request.version + 1 });
  if (quote) Object.assign(request, { quote: USD(quote), state: 'quoted' });
  if (price) request.price = USD(price);
  if (request.price && request.quote) request.margin = USD(request.price.amount - request.quote.amount);
  return ok(request);
}

function changeMember(state: State, ask: Ask): Answer {
  const member = state.team.find((each) => each.member_id === ask.params[0]);
  if (!member) throw notFound();
  const admins = state.team.filter((each) => each.role === 'partner_admin').length;
  if (member.role === 'partner_admin' && admins === 1) throw conflict('This is the last admin of the team; make somebody else an admin first.');
  if (ask.method === 'DELETE') {
    state.team.splice(state.team.indexOf(member), 1);
    return { status: 204 };
  }
  return ok(Object.assign(member, ask.body));
}

function inviteMember(state: State, ask: Ask): Answer {
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const invitation = { ...ask.body, invitation_id: state.id('inv'), invited_at: new Date().toISOString(), expires_at: until, expired: false };
  state.invitations.push(invitation);
  return ok(invitation, 201);
}

function changeInvitation(state: State, ask: Ask): Answer {
  const invitation = state.invitations.find((each) => each.invitation_id === ask.params[0]);
  if (!invitation) throw notFound();
  if (ask.method !== 'DELETE') return ok(invitation);
  state.invitations.splice(state.invitations.indexOf(invitation), 1);
  return { status: 204 };
}

function newImport(state: State, ask: Ask): Answer {
  const made = {
    import_id: state.id('imp'), kind: ask.body.kind, status: 'created', progress: 0, rows: 0, created: 0, adjusted: 0, unchanged: 0, rejected: 0,
    created_at: new Date().toISOString(), started_at: null, reason: null, result: null,
  };
  state.imports.unshift(made);
  return ok({ ...made, upload: { url: '/mock-files/upload', fields: { key: 'upload.csv' } } }, 201);
}

function startImport(state: State, ask: Ask): Answer {
  const found = state.imports.find((each) => each.import_id === ask.params[0]);
  if (!found) throw notFound();
  Object.assign(found, { status: 'done', progress: 100, rows: 3, created: 2, rejected: 1, started_at: new Date().toISOString(), result: { url: '/mock-files/result.csv', expires_at: '2026-12-01T00:00:00Z' } });
  return ok(found, 202);
}

function oneOf(list: Record<string, unknown>[], key: string, ask: Ask): Answer {
  const found = list.find((each) => each[key] === ask.params[0]);
  if (!found) throw notFound();
  return ok(ask.method === 'PATCH' ? Object.assign(found, ask.body) : found);
}

function username(state: State, ask: Ask): Answer {
  const found = [...state.accountsOf('ptnr_sample').values()].find((each) => each.username === ask.params[0]);
  if (!found) throw notFound();
  return ok({ username: found.username, partner_id: 'ptnr_sample', account_id: found.account_id });
}

const waiting = (state: State): Answer =>
  ok({ items: [...state.registrations.values()].filter((each) => each.state === 'submitted' || each.state === 'in_review').map((each) => ({ ...each, partner_id: 'ptnr_sample' })) });

export const DESK_ROUTES: [string, string, (state: State, ask: Ask) => Answer][] = [
  ['GET', '/me', me],
  ['GET', '/summary', summary],
  ['GET', '/bonuses', bonuses],
  ['POST', '/bonuses/payments', () => ok({})],
  ['GET', '/departures', departures],
  ['GET', '/invite', (state, ask) => ok(ask.actor.partnerId === 'ptnr_sample' ? state.invite : { slug: null, url: null, greeting: '', logo_url: null, visits: 0, sign_ups: 0, version: 0 })],
  ['PUT', '/invite', (state, ask) => ok(Object.assign(state.invite, ask.body, { version: state.invite.version + 1 }))],
  ['GET', '/service-requests', (state, ask) => paged(state.services, ask.query)],
  ['POST', '/service-requests', askService],
  ['PATCH', '/service-requests/:', changeService],
  ['GET', '/team', (state) => ok({ items: state.team, invitations: state.invitations })],
  ['POST', '/team', inviteMember],
  ['PATCH', '/team/:', changeMember],
  ['DELETE', '/team/:', changeMember],
  ['DELETE', '/team/invitations/:', changeInvitation],
  ['POST', '/team/invitations/:/resend', changeInvitation],
  ['GET', '/settings', (state) => ok(state.settings)],
  ['PATCH', '/settings', (state, ask) => ok(Object.assign(state.settings, ask.body, { version: state.settings.version + 1 }))],
  ['GET', '/audit', (state, ask) => paged(state.audit.filter((each) => !ask.query.get('account_id') || each.account_id === ask.query.get('account_id')), ask.query)],
  ['GET', '/imports', (state, ask) => paged(state.imports, ask.query)],
  ['POST', '/imports', newImport],
  ['GET', '/imports/template', () => ({ status: 200, body: 'username,organization,owner_first_name,owner_last_name,owner_email,partner_account_id,plan,website,owner_phone\r\n' })],
  ['GET', '/imports/:', (state, ask) => oneOf(state.imports, 'import_id', ask)],
  ['POST', '/imports/:/start', startImport],
  ['GET', '/partners', (state, ask) => paged(state.partners, ask.query)],
  ['POST', '/partners', (state, ask) => ok(state.partners[state.partners.push({ ...ask.body, partner_id: state.id('ptnr'), created_at: new Date().toISOString(), suspended: false, version: 1 }) - 1], 201)],
  ['PATCH', '/partners/:', (state, ask) => oneOf(state.partners, 'partner_id', ask)],
  ['GET', '/usernames/:', username],
  ['GET', '/sms-registrations', waiting],
];
