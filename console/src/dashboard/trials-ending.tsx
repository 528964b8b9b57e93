/** Trials that end within the week. */
import { Link } from 'react-router';
import { accountsHref } from '../account-filters/filters';
import { today } from '../api/business-day';
import { text } from '../text/en';
import { addDays, formatNumber, formatShortDay } from '../text/format';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';
import { type Few, TRIAL_WINDOW_DAYS, useTrialsEnding } from './queries';

const labels = text.dashboard;

export function TrialsEnding() {
  const trials = useTrialsEnding();
  const href = accountsHref({ status_group: 'trial', trial_ends_to: addDays(today(), TRIAL_WINDOW_DAYS) });
  return (
    <Section
      title={labels.trials}
      actions={
        trials.data &&
        trials.data.rows.length > 0 && (
          <TextLink href={href}>{labels.trialsAll(formatNumber(trials.data.total.count))}</TextLink>
        )
      }
    >
      <Loaded query={trials} lines={5}>
        {({ rows }) => (rows.length === 0 ? <p>{labels.trialsEmpty}</p> : <Trials rows={rows} />)}
      </Loaded>
    </Section>
  );
}

function Trials({ rows }: { rows: Few<'username' | 'organization' | 'trial_ends_on'>['rows'] }) {
  return (
    <ul className={styles.list}>
      {rows.map((account) => (
        <li key={account.account_id}>
          <Link to={`/accounts/${account.account_id}`}>{account.organization || account.username}</Link>
          <span className={styles.soft}>
            {account.trial_ends_on && labels.endsOn(formatShortDay(account.trial_ends_on))}
          </span>
        </li>
      ))}
    </ul>
  );
}
