/** Reading CSV (RFC 4180), as far as a first look at a file needs it. */
export function parseCsv(content: string, most = Number.POSITIVE_INFINITY): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  const endRow = () => {
    row.push(value);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    value = '';
  };
  for (let at = content.charCodeAt(0) === 0xfeff ? 1 : 0; at < content.length && rows.length < most; at += 1) {
    const char = content[at] as string;
    if (quoted) {
      if (char !== '"') value += char;
      else if (content[at + 1] === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && value === '') quoted = true;
    else if (char === ',') {
      row.push(value);
      value = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') value += char;
  }
  if (rows.length < most && (value !== '' || row.length > 0)) endRow();
  return rows;
}
