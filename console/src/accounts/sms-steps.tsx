/** How far an SMS registration is. */
import type { RegistrationStatus } from '../api/types';
import { text } from '../text/en';
import styles from './sms-steps.module.css';

const REACHED: Record<RegistrationStatus, number> = {
  not_started: -1,
  draft: 0,
  rejected: 0,
  submitted: 1,
  in_review: 2,
  approved: 3,
};

export function SmsSteps({ state }: { state: RegistrationStatus }) {
  const reached = REACHED[state];
  return (
    <ol className={styles.steps} aria-label={text.sms.progress}>
      {text.sms.steps.map((step, index) => (
        <li
          key={step}
          className={index <= reached ? styles.done : styles.open}
          {...(index === reached ? { 'aria-current': 'step' as const } : {})}
        >
          <span className={styles.mark} aria-hidden="true">
            {index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}
