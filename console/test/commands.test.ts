/** The command bar offers what a person may do, and finds it by the beginnings of words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Me } from '../src/api/types';
import { matching, sectionsFor } from '../src/app/commands';
import { navigationFor } from '../src/app/navigation';
import { type Operation, rightsOf } from '../src/auth/me';

const ACCESS = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
const COLUMNS = ['partner_admin', 'partner_manager', 'partner_viewer', 'operator'];

/** What a role may do, as docs/access.md has it. */
function operationsOf(role: string): Operation[] {
  const rows = [...ACCESS.matchAll(/^\| (\w+) \| `[^`]+` \|(.*)\|$/gm)];
  return rows
    .filter(([, , cells = '']) => cells.split('|')[COLUMNS.indexOf(role)]?.trim() === 'yes')
    .map(([, operation]) => operation as Operation);
}

const rightsAs = (role: string, operations = operationsOf(role)) =>
  rightsOf({ subject: role, role, operations, memberships: [], partner: null } as unknown as Me);

const labelsFor = (role: string, hasPartner = true) =>
  sectionsFor(rightsAs(role), hasPartner).flatMap(({ commands }) => commands.map(({ label }) => label));

describe('the command bar', () => {
  it('offers an administrator every page of the menu, what can be made, and every report', () => {
    const offered = labelsFor('partner_admin');
    const menu = navigationFor(rightsAs('partner_admin'), true).flatMap(({ items }) => items.map(({ label }) => label));
    expect(offered).toEqual(expect.arrayContaining([...menu, 'New account', 'New import', 'New schedule']));
    expect(offered.filter((label) => label.startsWith('Run '))).toHaveLength(5);
  });

  it('offers a viewer nothing that would be refused', () => {
    const offered = labelsFor('partner_viewer');
    for (const refused of ['New account', 'New import', 'New schedule', 'Invite someone', 'Imports', 'Partners'])
      expect(offered).not.toContain(refused);
    expect(offered).toEqual(expect.arrayContaining(['Export accounts', 'Run All Accounts Summary', 'History']));
  });

  it('offers nothing of a partner to an operator who has chosen none', () => {
    const offered = labelsFor('operator', false);
    expect(offered).toContain('Partners');
    for (const refused of ['New account', 'My accounts', 'Scheduled reports', 'Export accounts', 'Run Portfolio'])
      expect(offered).not.toContain(refused);
  });

  it('offers no page whose first request the API refuses', () => {
    const operations = operationsOf('partner_admin').filter((operation) => operation !== 'list_departures');
    const places = sectionsFor(rightsAs('partner_admin', operations), true)[0]?.commands ?? [];
    expect(places.map(({ href }) => href)).not.toContain('/departures');
  });

  it('finds by the beginnings of words in any order, whatever their case, and leaves empty groups out', () => {
    const found = matching(sectionsFor(rightsAs('partner_admin'), true), 'SUM all');
    expect(found.map(({ label }) => label)).toEqual(['Reports']);
    expect(found[0]?.commands.map(({ label }) => label)).toEqual(['Run All Accounts Summary']);
    expect(matching(sectionsFor(rightsAs('partner_admin'), true), 'zzz')).toEqual([]);
  });
});
