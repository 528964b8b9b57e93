/** Bonuses that are about to be earned, the nearest first. */
import { Link } from 'react-router';
import { DaysBar } from '../bonuses/columns';
import { type Tracked, useTracked } from '../bonuses/queries';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';

const labels = text.dashboard;
const MAX_ROWS_SHOWN = 6;

export function BonusesSoon() {
  const bonuses = useTracked('tracking');
  return (
    <Section
      title={labels.bonuses}
      help={text.rules.bonus}
      actions={
        bonuses.data &&
        bonuses.data.length > 0 && (
          <TextLink href="/bonuses?nab_status=tracking">
            {labels.bonusesAll(formatNumber(bonuses.data.length))}
          </TextLink>
        )
      }
    >
      <Loaded query={bonuses} lines={5}>
        {(rows) => (rows.length === 0 ? <p>{labels.bonusesEmpty}</p> : <Soon rows={rows.slice(0, MAX_ROWS_SHOWN)} />)}
      </Loaded>
    </Section>
  );
}

function Soon({ rows }: { rows: Tracked[] }) {
  return (
    <ul className={styles.bars}>
      {rows.map((row) => (
        <li key={row.account_id}>
          <Link to={`/accounts/${row.account_id}`}>{row.organization || row.username}</Link>
          <DaysBar row={row} />
        </li>
      ))}
    </ul>
  );
}
