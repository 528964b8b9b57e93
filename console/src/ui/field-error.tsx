/** Why a field was refused; its place is kept once it is put right, so that nothing moves away from under the pointer. */
import { useContext, useRef } from 'react';
import { FieldError as AriaFieldError, FieldErrorContext } from 'react-aria-components';
import styles from './fields.module.css';

export function FieldError() {
  const refusal = useContext(FieldErrorContext);
  const last = useRef('');
  if (refusal?.isInvalid) {
    last.current = refusal.validationErrors.join(' ');
    return <AriaFieldError className={styles.error} />;
  }
  return last.current === '' ? null : (
    <span className={`${styles.error} ${styles.settled}`} aria-hidden="true">
      {last.current}
    </span>
  );
}
