/** Where one is in a queue, and who comes before and after. */
export interface Place<T> {
  position: number;
  total: number;
  previous?: T;
  next?: T;
}

/** Nothing where the queue does not hold it (any more). */
export function placeIn<T>(rows: readonly T[], isIt: (row: T) => boolean): Place<T> | null {
  const index = rows.findIndex(isIt);
  if (index < 0) return null;
  const [previous, next] = [rows[index - 1], rows[index + 1]];
  return {
    position: index + 1,
    total: rows.length,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  };
}

/** Who is to be decided about after this one; nobody is left where it is undefined. */
export function following<T>(place: Place<T> | null): T | undefined {
  return place?.next ?? place?.previous;
}
