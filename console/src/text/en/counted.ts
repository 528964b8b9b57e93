/** A count with its noun: `1 account`, `2,707 accounts`. */
export function counted(count: string, one: string, many = `${one}s`): string {
  return `${count} ${count === '1' ? one : many}`;
}
