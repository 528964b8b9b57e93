/** What stands in an import's files, and how its dates are read. */
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../src/imports/csv';
import { chosenFormat, rowProblem } from '../src/imports/date-formats';
import { rejectedRows } from '../src/imports/rejected';

describe('reading CSV', () => {
  it('knows quotes, doubled quotes, commas and line ends inside them', () => {
    expect(parseCsv('a,"b ""x"", c","d\r\ne"\r\n1,,3\n')).toEqual([
      ['a', 'b "x", c', 'd\r\ne'],
      ['1', '', '3'],
    ]);
  });

  it('passes over a byte order mark, empty lines and a missing last line end', () => {
    expect(parseCsv('\ufeffa,b\n\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('stops after the rows it was asked for', () => {
    expect(parseCsv('a\nb\nc', 2)).toEqual([['a'], ['b']]);
  });
});

describe('the date format of an import', () => {
  it('is chosen by whoever uploads where several fit or none does', () => {
    expect(chosenFormat('portfolio', null, ['MM/DD/YYYY', 'DD/MM/YYYY'])).toBeNull();
    expect(chosenFormat('portfolio', null, [])).toBeNull();
    expect(chosenFormat('portfolio', 'DD/MM/YYYY', ['MM/DD/YYYY', 'DD/MM/YYYY'])).toBe('DD/MM/YYYY');
  });

  it('is the one that fits alone, and none is asked for where there are no dates', () => {
    expect(chosenFormat('portfolio', null, ['DD/MM/YYYY'])).toBe('DD/MM/YYYY');
    expect(chosenFormat('managed-accounts', null, ['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY'])).toBe('YYYY-MM-DD');
  });
});

it('says what is wrong with a row of the preview by its columns', () => {
  const problems = [
    { column: 'plan', reason: '“gold” is none.' },
    { column: '', reason: 'This row has 2 cells.' },
  ];
  expect(rowProblem({ line: 2, values: {}, problems })).toBe('plan: “gold” is none. This row has 2 cells.');
});

it('reads the rejected rows whatever the order of their columns', () => {
  expect(rejectedRows('reason,line,username,column\n"Taken, sorry",4,ada_l,username\n')).toEqual([
    { key: '0', line: '4', username: 'ada_l', column: 'username', reason: 'Taken, sorry' },
  ]);
});
