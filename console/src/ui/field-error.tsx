/** Why a field was refused, in our own words; its place is kept until the click or key that put it right is over. */
import { useContext, useEffect, useRef, useState } from 'react';
import { FieldError as AriaFieldError, FieldErrorContext } from 'react-aria-components';
import styles from './fields.module.css';
import { labels } from './labels';

/** What a field takes, for the sentence that says so. */
export interface Expected {
  type?: string | undefined;
  /** What its pattern asks for. */
  format?: string | undefined;
  min?: string | number | undefined;
  max?: string | number | undefined;
  minLength?: number | undefined;
}

export function FieldError({ expected = {} }: { expected?: Expected }) {
  const refusal = useContext(FieldErrorContext);
  const last = useRef('');
  const isInvalid = refusal?.isInvalid ?? false;
  const isSettling = useSettling(isInvalid);
  if (isInvalid && refusal) {
    last.current = inWords(refusal.validationDetails, expected) ?? refusal.validationErrors.join(' ');
    return <AriaFieldError className={styles.error}>{last.current}</AriaFieldError>;
  }
  return isSettling ? (
    <span className={`${styles.error} ${styles.settled}`} aria-hidden="true">
      {last.current}
    </span>
  ) : null;
}

/** Nothing may move away from under the pointer between its going down and the click. */
function useSettling(isInvalid: boolean): boolean {
  const [wasInvalid, setWasInvalid] = useState(isInvalid);
  if (isInvalid && !wasInvalid) setWasInvalid(true);
  useEffect(() => {
    if (isInvalid || !wasInvalid) return;
    const settle = () => setTimeout(() => setWasInvalid(false));
    const over = ['click', 'keyup'] as const;
    for (const event of over) document.addEventListener(event, settle);
    return () => {
      for (const event of over) document.removeEventListener(event, settle);
    };
  }, [isInvalid, wasInvalid]);
  return wasInvalid;
}

/** What the browser found, in our words; null for what the server said. */
function inWords(found: ValidityState, { type, format, min, max, minLength }: Expected): string | null {
  const words = labels.validation;
  if (found.customError) return null;
  if (found.valueMissing) return type === 'choice' ? words.choose : words.missing;
  if (found.rangeUnderflow || found.rangeOverflow || found.stepMismatch) return words.range(min, max);
  if (found.badInput) return type === 'date' ? words.date : words.range(min, max);
  if (found.typeMismatch) return type === 'email' ? words.email : words.url;
  if (found.tooShort) return words.tooShort(minLength ?? 1);
  return found.patternMismatch && format ? format : null;
}
