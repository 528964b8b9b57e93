/** What a field of a form holds: what was entered, or else what was read last, however often it is read again. */
import { createContext, useContext, useState } from 'react';

export interface FormState {
  /** How often the form was sent. */
  attempt: number;
  /** Whether the last attempt was refused. */
  isRefused: boolean;
  /** Whether it was refused because somebody else saved meanwhile. */
  isOutdated: boolean;
}

export const FormStateContext = createContext<FormState>({ attempt: 0, isRefused: false, isOutdated: false });

export interface Draft<T> {
  value: T;
  change: (value: T) => void;
  /** What somebody else saved while this person entered something else; undefined where nobody did. */
  theirs: T | undefined;
  /** Whether somebody else changed this field, which this person did not touch. */
  isTheirs: boolean;
}

interface Entered<T> {
  value: T;
  /** What stood there when it was entered. */
  base: T;
  attempt: number;
}

/** Keeps what was entered; a field that was not touched takes every value that is read. */
export function useDraft<T>(read: T): Draft<T> {
  const { attempt, isRefused, isOutdated } = useContext(FormStateContext);
  const [entered, setEntered] = useState<Entered<T> | null>(null);
  const [seen, setSeen] = useState(read);
  if (!isOutdated && !isSame(seen, read)) setSeen(read);
  if (entered && isOver(entered, read, attempt, isRefused)) setEntered(null);

  const isSent = entered !== null && entered.attempt < attempt;
  const clashes = entered !== null && !isSame(entered.base, read) && !isSame(entered.value, read);
  return {
    value: entered ? entered.value : read,
    change: (value) => {
      const base = entered && !isSent ? entered.base : read;
      setEntered(isSame(value, base) && isSame(base, read) ? null : { value, base, attempt });
    },
    theirs: clashes && (isOutdated || !isSent) ? read : undefined,
    isTheirs: entered === null && isOutdated && !isSame(seen, read),
  };
}

/** Whether what was entered has been saved, perhaps in the server's own spelling. */
function isOver<T>({ value, base, attempt }: Entered<T>, read: T, attempts: number, isRefused: boolean): boolean {
  if (isSame(value, read)) return true;
  return attempt < attempts && !isRefused && !isSame(base, read);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
