/** Bonuses that are about to be earned, the nearest first. */
import { Link } from 'react-router';
import { DaysBar } from '../bonuses/columns';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { TextLink } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/states';
import styles from './cards.module.css';
import { type Few, useBonusesSoon } from './queries';

const labels = text.dashboard;

export function BonusesSoon() {
  const bonuses = useBonusesSoon();
  return (
    <Section
      title={labels.bonuses}
      help={text.rules.bonus}
      actions={
        bonuses.data &&
        bonuses.data.rows.length > 0 && (
          <TextLink href="/bonuses?nab_status=tracking">
            {labels.bonusesAll(formatNumber(bonuses.data.total.count))}
          </TextLink>
        )
      }
    >
      <Loaded query={bonuses} lines={5}>
        {({ rows }) => (rows.length === 0 ? <p>{labels.bonusesEmpty}</p> : <Soon rows={rows} />)}
      </Loaded>
    </Section>
  );
}

function Soon({ rows }: { rows: Few<'username' | 'organization' | 'bonus'>['rows'] }) {
  return (
    <ul className={styles.bars}>
      {rows.map((row) => (
        <li key={row.account_id}>
          <Link to={`/accounts/${row.account_id}`}>{row.organization || row.username}</Link>
          <DaysBar row={{ ...row.bonus, organization: row.organization }} />
        </li>
      ))}
    </ul>
  );
}
