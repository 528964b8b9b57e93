/** Lists, the states that stand in their place, and notices. */
import { act, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, unreachable } from '../../src/api/problem';
import { notify } from '../../src/ui/announce';
import { Cards } from '../../src/ui/cards';
import { CopyField } from '../../src/ui/copy';
import { useRowMenu } from '../../src/ui/row-menu';
import { Loaded } from '../../src/ui/states';
import { DataTable } from '../../src/ui/table';
import type { Column, Sort } from '../../src/ui/table-model';
import { mount } from './harness';

interface Account {
  id: string;
  name: string;
  contacts: number;
}

const ACCOUNTS: Account[] = [
  { id: 'a', name: 'Bakery', contacts: 20 },
  { id: 'b', name: 'Atelier', contacts: 3 },
];
const COLUMNS: Column<Account>[] = [
  { id: 'name', header: 'Name', isTitle: true, cell: (row) => row.name, sortBy: (row) => row.name },
  { id: 'contacts', header: 'Contacts', cell: (row) => row.contacts, sortBy: (row) => row.contacts },
];

function List({ onSelect }: { onSelect?: (keys: string[]) => void }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const change = (next: Set<string>) => {
    setSelected(next);
    onSelect?.([...next]);
  };
  return (
    <DataTable
      label="Accounts"
      columns={COLUMNS}
      rows={ACCOUNTS}
      keyOf={(row) => row.id}
      sort={sort}
      onSort={setSort}
      selection={{ selected, onChange: change, labelOf: (row) => row.name }}
    />
  );
}

function Menus({ onRename }: { onRename: (row: Account) => void }) {
  const { button, menu } = useRowMenu<Account>('Actions', (row) => [
    { id: 'rename', label: 'Rename', onAction: () => onRename(row) },
  ]);
  return (
    <>
      {ACCOUNTS.map((row) => (
        <p key={row.id}>{button(row, `Actions for ${row.name}`)}</p>
      ))}
      {menu}
    </>
  );
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('rowheader').textContent);

describe('a table', () => {
  it('is sorted by a column, and the other way by the same column again', async () => {
    const { user } = await mount(<List />);
    expect(names()).toEqual(['Bakery', 'Atelier']);
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['Atelier', 'Bakery']);
    await user.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['Bakery', 'Atelier']);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('selects a row by its name, all of them, and none', async () => {
    const selections: string[][] = [];
    const { user } = await mount(<List onSelect={(keys) => selections.push(keys)} />);
    await user.click(screen.getByRole('checkbox', { name: 'Select Atelier' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    expect(selections).toEqual([['b'], ['a', 'b'], []]);
  });

  it('is cards on a narrow page, with the same words', async () => {
    await mount(<Cards label="Accounts" columns={COLUMNS} rows={ACCOUNTS} keyOf={(row) => row.id} />);
    const cards = within(screen.getByRole('list', { name: 'Accounts' })).getAllByRole('article');
    expect(cards.map((card) => card.textContent)).toEqual(['BakeryContacts20', 'AtelierContacts3']);
  });

  it('shares one menu among its rows, which acts on the row it was opened for', async () => {
    const renamed: string[] = [];
    const { user } = await mount(<Menus onRename={(row) => renamed.push(row.id)} />);
    await user.click(screen.getByRole('button', { name: 'Actions for Atelier' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    expect(renamed).toEqual(['b']);
  });
});

describe('what is loaded', () => {
  const draw = (query: { data?: string; error?: unknown }, refetch = () => {}) => (
    <Loaded query={{ data: query.data, error: query.error ?? null, refetch }}>{(data) => <p>{data}</p>}</Loaded>
  );

  it('is waited for in the shape of what is to come', async () => {
    await mount(draw({}));
    expect(screen.getByRole('group', { name: 'Loading…' }).getAttribute('aria-busy')).toBe('true');
  });

  it('says what went wrong, and tries again', async () => {
    let again = 0;
    const { user } = await mount(draw({ error: unreachable() }, () => again++));
    expect(screen.getByRole('alert').textContent).toContain('Partnerbook cannot be reached');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(again).toBe(1);
  });

  it('stays while a later read fails, but not once it is gone', async () => {
    await mount(
      <>
        {draw({ data: 'kept', error: unreachable() })}
        {draw({ data: 'erased', error: new ProblemError({ title: 'Gone' }, 410) })}
      </>,
    );
    expect(screen.getByText('kept')).toBeTruthy();
    expect(screen.queryByText('erased')).toBeNull();
  });
});

describe('notices', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are said and shown, and a good one goes by itself', async () => {
    await mount(null);
    vi.useFakeTimers();
    act(() => notify('Saved.'));
    act(() => notify('Not sent.', 'bad'));
    expect(screen.getByRole('status').textContent).toBe('Not sent.');
    act(() => vi.advanceTimersByTime(7_000));
    const shown = within(screen.getByRole('region', { name: 'Notices' }));
    expect([shown.queryByText('Saved.'), shown.getByText('Not sent.').textContent]).toEqual([null, 'Not sent.']);
  });

  it('say what was copied, and that it was not', async () => {
    const { user } = await mount(<CopyField label="Invite link" value="https://example.com/i" />);
    await user.click(screen.getByRole('button', { name: 'Copy invite link' }));
    expect(await screen.findByText('Invite link copied.')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe('https://example.com/i');
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('forbidden'));
    await user.click(screen.getByRole('button', { name: 'Copy invite link' }));
    expect(
      (await screen.findAllByText('Copying did not work. Select the text and copy it yourself.')).length,
    ).toBeGreaterThan(0);
  });
});
