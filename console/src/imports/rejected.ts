/** The result file of an import: its rejected rows, whatever the order of the columns. */
import { parseCsv } from './csv';

export interface RejectedRow {
  key: string;
  line: string;
  username: string;
  column: string;
  reason: string;
}

/** Of the problems in the file: a row can have several. */
export const MAX_ROWS_SHOWN = 500;

export function rejectedRows(content: string): RejectedRow[] {
  const [header = [], ...rows] = parseCsv(content, MAX_ROWS_SHOWN + 1);
  return rows.map((row, index) => {
    const of = (name: string) => row[header.indexOf(name)] ?? '';
    return {
      key: String(index),
      line: of('line'),
      username: of('username'),
      column: of('column'),
      reason: of('reason'),
    };
  });
}
