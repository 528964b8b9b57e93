/** Ordering and choosing rows. */
import { describe, expect, it } from 'vitest';
import { type Column, nextSort, sortRows, toggled } from '../src/ui/table-model';

interface Row {
  name: string;
  size: number | null;
}

const COLUMNS: Column<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { id: 'size', header: 'Size', cell: (row) => row.size, sortBy: (row) => row.size },
  { id: 'plain', header: 'Plain', cell: () => null },
];
const ROWS: Row[] = [
  { name: 'Client 10', size: 5 },
  { name: 'client 9', size: null },
  { name: 'Ärzte', size: 40 },
];
const names = (column: string, descending: boolean) =>
  sortRows(ROWS, COLUMNS, { column, descending }).map((row) => row.name);

describe('ordering rows', () => {
  it('takes numbers in names as numbers, and letters whatever their case', () => {
    expect(names('name', false)).toEqual(['Ärzte', 'client 9', 'Client 10']);
  });

  it('puts rows without a value last, up and down', () => {
    expect(names('size', false)).toEqual(['Client 10', 'Ärzte', 'client 9']);
    expect(names('size', true)).toEqual(['Ärzte', 'Client 10', 'client 9']);
  });

  it('leaves rows as they came where a column cannot be ordered by', () => {
    expect(names('plain', false)).toEqual(ROWS.map((row) => row.name));
  });

  it('turns round when the same column is chosen again', () => {
    const once = nextSort(null, 'name');
    expect([once, nextSort(once, 'name'), nextSort(once, 'size')]).toEqual([
      { column: 'name', descending: false },
      { column: 'name', descending: true },
      { column: 'size', descending: false },
    ]);
  });
});

it('chooses a row and lets it go again, without touching the choice before', () => {
  const before = new Set(['a']);
  expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
  expect([...toggled(before, 'a')]).toEqual([]);
  expect([...before]).toEqual(['a']);
});
