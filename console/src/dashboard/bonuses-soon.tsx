/** Bonuses that are about to be earned, the nearest first. */
import { Link } from 'react-router';
import { useBonuses, type TrackedAccount } from '../bonuses/queries';
import { text } from '../text/en';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Progress } from '../ui/progress';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';

const labels = text.dashboard;
const SHOWN = 6;
const DAYS = 95;

export function BonusesSoon() {
  const bonuses = useBonuses('tracking');
  return (
    <Section title={labels.bonuses} actions={<TextLink href="/bonuses?nab_status=tracking">{labels.bonusesAll}</TextLink>}>
      <Loaded query={bonuses} lines={5}>
        {({ items }) => (items.length === 0 ? <p>{labels.bonusesEmpty}</p> : <Soon rows={nearest(items)} />)}
      </Loaded>
    </Section>
  );
}

function nearest(rows: TrackedAccount[]): TrackedAccount[] {
  return [...rows].sort((a, b) => (a.days_left ?? DAYS) - (b.days_left ?? DAYS)).slice(0, SHOWN);
}

function Soon({ rows }: { rows: TrackedAccount[] }) {
  return (
    <ul className={styles.bars}>
      {rows.map((row) => (
        <li key={row.account_id}>
          <Link to={`/accounts/${row.account_id}`}>{row.organization}</Link>
          <Progress
            label={text.bonuses.progressOf(row.organization)}
            hideLabel
            value={row.days ?? 0}
            max={DAYS}
            valueText={text.bonuses.left(row.days_left ?? 0)}
          />
        </li>
      ))}
    </ul>
  );
}
