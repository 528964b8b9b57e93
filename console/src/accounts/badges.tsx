/** An account's states as words with a color. */
import type { Account, BonusStatus, Hold, StatusCode } from '../api/types';
import { text, word } from '../text/en';
import { Badge, type Tone } from '../ui/badge';
import { Truncated } from '../ui/truncated';
import { ADD_ONS } from './add-on-rules';
import styles from './badges.module.css';

const STATUS_TONES: Record<StatusCode, Tone> = { O: 'good', T: 'info', E: 'warn', C: 'quiet' };
const BONUS_TONES: Record<BonusStatus, Tone> = {
  not_started: 'quiet',
  tracking: 'info',
  earned: 'good',
  paid: 'good',
  disqualified: 'bad',
  not_eligible: 'quiet',
};

export function StatusBadge({ status }: { status: StatusCode }) {
  return <Badge tone={STATUS_TONES[status]}>{text.words.status[status]}</Badge>;
}

export function HoldBadge({ hold }: { hold: Hold }) {
  return <Badge tone="bad">{word(text.words.hold, hold)}</Badge>;
}

export function BonusBadge({ status }: { status: BonusStatus }) {
  return <Badge tone={BONUS_TONES[status]}>{word(text.words.bonusStatus, status)}</Badge>;
}

export function StatusBadges({ account }: { account: Account }) {
  return (
    <span className={styles.row}>
      <StatusBadge status={account.status} />
      {account.holds.map((hold) => (
        <HoldBadge key={hold} hold={hold} />
      ))}
    </span>
  );
}

export function AddOnNames({ account }: { account: Account }) {
  const has = ADD_ONS.filter((addOn) => account.add_ons[addOn].entitlement !== 'inactive');
  if (has.length === 0) return <span className={styles.none}>{text.none}</span>;
  return <Truncated className={styles.addOns}>{has.map((addOn) => text.words.addOn[addOn]).join(', ')}</Truncated>;
}
