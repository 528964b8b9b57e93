/** What the made-up API remembers while it runs. */
import type { Account } from '../../src/api/types';
import { readBook } from './book';
import type { Actor, Answer } from './http';

type Kept = any;

export class State {
  private readonly books = new Map<string, Map<string, Account>>([['ptnr_empty', new Map()]]);
  readonly registrations = new Map<string, Kept>();
  readonly runs: Kept[] = [];
  readonly schedules: Kept[] = [];
  readonly deliveries: Kept[] = [];
  readonly imports: Kept[] = [];
  readonly services: Kept[] = [];
  readonly audit: Kept[] = [];
  readonly answers = new Map<string, Answer>();
  readonly invitations: Kept[] = [];
  readonly team: Kept[] = [
    { member_id: 'admin', name: 'Ada Admin', email: 'ada@example.com', role: 'partner_admin', since: '2024-02-01T08:00:00Z', version: 1 },
    { member_id: 'manager', name: 'Max Manager', email: 'max@example.com', role: 'partner_manager', since: '2025-06-12T08:00:00Z', version: 1 },
    { member_id: 'viewer', name: 'Vera Viewer', email: 'vera@example.com', role: 'partner_viewer', since: '2026-03-09T08:00:00Z', version: 1 },
  ];
  invite: Kept = { slug: 'northwind', url: 'http://127.0.0.1:4179/console/invites/northwind', greeting: 'Welcome! We help you to get going with your first campaign.', logo_url: null, visits: 184, sign_ups: 23, version: 3 };
  settings: Kept = {
    recipients: ['reports@example.com'], recipient_states: [{ address: 'reports@example.com', status: 'active', reason: null }], time_zone: 'America/New_York', report_retention_days: 30, link_days: 7, tracker_formats: ['pdf', 'csv'],
    terms: { trial_days: 60, permission_days: 30, daily_mail_budget: 1000, trial_account_limit: 500, bonus: { amount: 10_000, currency: 'USD' }, single_bill_enabled: true }, version: 1,
  };
  readonly partners: Kept[] = [
    { partner_id: 'ptnr_sample', name: 'Northwind Marketing', created_at: '2024-02-01T08:00:00Z', suspended: false, terms: this.settings.terms, version: 1 },
    { partner_id: 'ptnr_empty', name: 'Second Street Agency', created_at: '2026-10-01T08:00:00Z', suspended: false, terms: this.settings.terms, version: 1 },
  ];
  private count = 0;

  accountsOf(partnerId: string): Map<string, Account> {
    if (!this.books.has(partnerId)) this.books.set(partnerId, partnerId === 'ptnr_sample' ? readBook() : new Map());
    return this.books.get(partnerId) as Map<string, Account>;
  }

  id(kind: string): string {
    this.count += 1;
    return `${kind}_${Date.now().toString(36)}${this.count}`;
  }

  note(actor: Actor, kind: string, accountId: string | null, changes: [string, string | null, string | null][] = []): void {
    this.audit.unshift({
      audit_id: this.id('audit'), at: new Date().toISOString(), kind, subject: actor.subject, role: actor.role, acting_for: null,
      account_id: accountId, changes: changes.map(([field, old, now]) => ({ field, old, new: now })),
    });
  }
}
