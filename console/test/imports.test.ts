/** A first look at a file before it is uploaded. */
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../src/imports/csv';
import { firstLook } from '../src/imports/first-look';
import { rejectedRows } from '../src/imports/rejected';

const HEADER = 'username,organization,owner_first_name,owner_last_name,owner_email,partner_account_id';

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

describe('a first look', () => {
  it('finds nothing wrong with a good file', () => {
    expect(firstLook('managed-accounts', `${HEADER}\nada_lovelace,Engines,Ada,Lovelace,ada@example.com,\n`)).toEqual({ lines: 1, problems: [] });
  });

  it('names the columns that are missing and those that are unknown', () => {
    const { problems } = firstLook('managed-accounts', 'username,organisation\n');
    expect(problems.map(({ line }) => line)).toEqual([1, 1]);
    expect(problems[0]?.detail).toContain('owner_email');
    expect(problems[1]?.detail).toContain('organisation');
  });

  it('says the line and the value for each thing that is wrong', () => {
    const { problems } = firstLook('managed-accounts', `${HEADER},plan\nada,Engines,,,ada@example.com,,gold\nshort_row,x\n`);
    expect(problems.map(({ line, detail }) => `${line} ${detail.split(':')[0]}`)).toEqual(['2 username', '2 plan', '3 has 2 values where the header has 7.']);
  });
});

it('reads the rejected rows whatever the order of their columns', () => {
  expect(rejectedRows('reason,line,username,column\n"Taken, sorry",4,ada_l,username\n')).toEqual([
    { key: '0', line: '4', username: 'ada_l', column: 'username', reason: 'Taken, sorry' },
  ]);
});
