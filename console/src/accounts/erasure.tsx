/** How far the erasure of the person behind an account is; nothing where none was asked for. */
import type { Account } from '../api/types';
import { text } from '../text/en';
import { formatMoment } from '../text/format';
import { Badge } from '../ui/badge';
import { Facts } from '../ui/page';
import { type Erasure, useErasure } from './operator-queries';

const labels = text.account.operator;

export function ErasureState({ account }: { account: Account }) {
  const { data } = useErasure(account);
  return data ? <Facts facts={[{ label: labels.erasure, value: <State erasure={data} /> }]} /> : null;
}

function State({ erasure }: { erasure: Erasure }) {
  const waiting = erasure.partners.flatMap((partner) => partner.waiting_for ?? []);
  return (
    <>
      <Badge tone={erasure.status === 'done' ? 'good' : 'warn'}>{labels.erasureStates[erasure.status]}</Badge>{' '}
      {labels.erasureRequested(formatMoment(erasure.requested_at))} {[...new Set(waiting)].join(' ')}
    </>
  );
}
