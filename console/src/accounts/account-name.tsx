/** The account's name, which leads to its page; below it the username. What is cut tells the whole of it. */
import { Link } from 'react-router';
import type { Account } from '../api/types';
import { Truncated, useIsCut, WithWhole } from '../ui/truncated';
import styles from './badges.module.css';

export type NamedAccount = Pick<Account, 'account_id' | 'organization' | 'username'>;

export function AccountName({ account }: { account: NamedAccount }) {
  const [isCut, ref] = useIsCut();
  const name = account.organization || account.username;
  return (
    <>
      <WithWhole isCut={isCut} whole={name}>
        <Link ref={ref} to={`/accounts/${account.account_id}`} className={styles.name}>
          {name}
        </Link>
      </WithWhole>
      <Truncated className={styles.under}>{account.username}</Truncated>
    </>
  );
}
