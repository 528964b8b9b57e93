/** The forms that change something: what each sends to the API, under which key, and how its refusals are shown. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AddOnsSection } from '../../src/accounts/add-ons';
import { CancelDialog } from '../../src/accounts/cancel-dialogs';
import { NewAccountPage } from '../../src/accounts/create';
import type { Account } from '../../src/api/types';
import { SettingsPage } from '../../src/settings/page';
import { TeamPage } from '../../src/team/page';
import { FakeApi, mount, person, problem } from './harness';

const UUID = /^[0-9a-f-]{36}$/;
const INACTIVE = { entitlement: 'inactive', usable: false, payer: null, refusal: null };

function account(changes: object = {}): Account {
  return {
    account_id: 'acct_1',
    organization: 'Bakery',
    username: 'bakery',
    account_type: 'managed',
    billing_mode: 'single_bill',
    status: 'O',
    plan: 'standard',
    holds: [],
    add_ons: {
      sms: { ...INACTIVE, registration: 'not_started' },
      seo: INACTIVE,
      inbox_preview: INACTIVE,
      newsletter_archive: INACTIVE,
    },
    ...changes,
  } as unknown as Account;
}

const type = async (user: Awaited<ReturnType<typeof mount>>['user'], values: Record<string, string>) => {
  for (const [label, value] of Object.entries(values)) await user.type(screen.getByLabelText(label), value);
};

describe('a new account', () => {
  const ENTERED = { Username: 'bakery', Organization: 'Bakery', 'First name': 'Ada', 'Last name': 'Lind' };

  it('is sent as it was entered, and then shown', async () => {
    const api = new FakeApi({ 'POST /accounts': () => Response.json(account(), { status: 201 }) });
    const { user, router } = await mount(<NewAccountPage />, { api, me: person('create_account') });
    await type(user, ENTERED);
    await user.type(screen.getByRole('textbox', { name: /^E-?mail/ }), 'ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Create account' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/accounts/acct_1'));
    expect(api.sent[0]?.body).toMatchObject({
      username: 'bakery',
      organization: 'Bakery',
      owner: { first_name: 'Ada', last_name: 'Lind', email: 'ada@example.com' },
      plan: 'trial',
    });
    expect(api.sent[0]?.headers.get('Idempotency-Key')).toMatch(UUID);
    expect(api.sent[0]?.headers.get('Authorization')).toBe('Bearer token');
  });

  it('whose username is taken says so at the username, and keeps the rest', async () => {
    const errors = [{ pointer: '/username', detail: 'Already exists.' }];
    const refusal = problem(409, { type: '/problems/already-exists', detail: 'Already exists.', errors });
    const api = new FakeApi({ 'POST /accounts': refusal });
    const { user } = await mount(<NewAccountPage />, { api, me: person('create_account') });
    await type(user, ENTERED);
    await user.type(screen.getByRole('textbox', { name: /^E-?mail/ }), 'ada@example.com');
    await user.click(screen.getByRole('button', { name: 'Create account' }));
    const field = screen.getByRole('textbox', { name: 'Username' });
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(document.activeElement).toBe(field);
    expect((screen.getByLabelText('Organization') as HTMLInputElement).value).toBe('Bakery');
  });

  it('is offered to nobody whom the API would refuse', async () => {
    await mount(<NewAccountPage />, { me: person('get_account') });
    expect((screen.getByRole('button', { name: 'Create account' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.queryByRole('link', { name: /file/ })).toBeNull();
  });
});

describe('an add-on', () => {
  const SEO = 'PUT /accounts/acct_1/add-ons/seo';
  const active = () => account({ add_ons: { ...account().add_ons, seo: { ...INACTIVE, entitlement: 'active' } } });

  it('is switched by the API, which is asked once', async () => {
    const api = new FakeApi({ [SEO]: () => Response.json(active()) });
    const { user } = await mount(<AddOnsSection account={account()} />, { api });
    await user.click(screen.getByRole('switch', { name: 'SEO' }));
    expect(await screen.findAllByText('SEO is active.')).not.toHaveLength(0);
    expect(api.sent.map(({ request }) => request)).toEqual([SEO]);
  });

  it('that may not be switched says so in the words of the API', async () => {
    const refusal = 'This account is billed directly: log in to the account and change the add-on there.';
    const seo = { ...INACTIVE, refusal };
    await mount(<AddOnsSection account={account({ add_ons: { ...account().add_ons, seo } })} />);
    const found = screen.getByRole('switch', { name: 'SEO', description: refusal }) as HTMLInputElement;
    expect(found.disabled).toBe(true);
    expect((screen.getByRole('switch', { name: 'Inbox Preview' }) as HTMLInputElement).disabled).toBe(false);
  });

  it('says why the API would not', async () => {
    const api = new FakeApi({
      [SEO]: problem(409, { type: '/problems/conflict', detail: 'The account is suspended.' }),
    });
    const { user } = await mount(<AddOnsSection account={account()} />, { api });
    await user.click(screen.getByRole('switch', { name: 'SEO' }));
    expect(await screen.findAllByText('SEO was not changed. The account is suspended.')).not.toHaveLength(0);
  });
});

it('canceling an account sends its reason and day, and not before both are there', async () => {
  const api = new FakeApi({ 'PUT /accounts/acct_1/cancellation': () => Response.json(account({ status: 'C' })) });
  let closed = 0;
  const { user } = await mount(<CancelDialog account={account()} onClose={() => closed++} />, { api });
  const dialog = within(screen.getByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: /Reason/ }));
  await user.click((await screen.findAllByRole('option'))[0] as HTMLElement);
  const day = (screen.getByRole('dialog').querySelector('[name=effective_on]') as HTMLInputElement).value;
  await user.click(dialog.getByRole('button', { name: 'Cancel account' }));
  await waitFor(() => expect(closed).toBe(1));
  expect(api.sent[0]?.body).toEqual({ reason: expect.any(String), effective_on: day });
});

it('a member is invited by name and address, in the role that was chosen', async () => {
  const team = { items: [], invitations: [] };
  const api = new FakeApi({
    'GET /team': () => Response.json(team),
    'POST /team': () => Response.json({ name: 'Max' }, { status: 201 }),
  });
  const { user } = await mount(<TeamPage />, { api, me: person('list_team', 'invite_member') });
  await user.click(screen.getByRole('button', { name: /^Invite/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Name'), 'Max');
  await user.type(dialog.getByLabelText(/^E-?mail/), 'max@example.com');
  await user.click(dialog.getByRole('radio', { name: /^Viewer/ }));
  await user.click(dialog.getByRole('button', { name: /invit/i }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(api.sent.find(({ request }) => request === 'POST /team')?.body).toEqual({
    name: 'Max',
    email: 'max@example.com',
    role: 'partner_viewer',
  });
});

describe('settings', () => {
  const settings = {
    version: 7,
    recipients: ['ada@example.com'],
    recipient_states: [],
    time_zone: 'UTC',
    country: 'US',
    report_retention_days: 30,
    link_days: 7,
    tracker_formats: ['pdf'],
  };

  it('are saved over the version that was read, addresses one by one', async () => {
    const api = new FakeApi({
      'GET /settings': () => Response.json(settings),
      'PATCH /settings': () => Response.json({ ...settings, version: 8 }),
    });
    const { user } = await mount(<SettingsPage />, { api, me: person('change_settings') });
    const days = await screen.findByRole('spinbutton', { name: /links/i });
    await user.clear(days);
    await user.type(days, '5');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.sent.some(({ request }) => request === 'PATCH /settings')).toBe(true));
    const sent = api.sent.find(({ request }) => request === 'PATCH /settings');
    expect(sent?.headers.get('If-Match')).toBe('"7"');
    expect(sent?.body).toMatchObject({ recipients: ['ada@example.com'], link_days: 5, tracker_formats: ['pdf'] });
  });

  it('are read only to those who may not change them', async () => {
    const api = new FakeApi({ 'GET /settings': () => Response.json(settings) });
    await mount(<SettingsPage />, { api, me: person('get_settings') });
    expect(((await screen.findByLabelText('Time zone')) as HTMLInputElement).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});
