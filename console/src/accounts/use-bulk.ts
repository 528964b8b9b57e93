/** Switching one add-on on many accounts: what is under way, and what became of each. */
import { useEffect, useRef, useState } from 'react';
import { explain } from '../api/problem';
import type { Account, AddOn } from '../api/types';
import { text } from '../text/en';
import { announce } from '../ui/announce';
import { type AddOnChange, useSendAddOn } from './add-on-queries';
import { countOutcomes, type Result, runConcurrently, withResult } from './bulk-run';

export interface Bulk {
  results: Result[] | null;
  isRunning: boolean;
  /** Changes each of these accounts; the results of accounts that were tried before are replaced. */
  start: (accounts: Account[], addOn: AddOn, on: boolean) => Promise<void>;
  stop: () => void;
}

export function useBulk(): Bulk {
  const send = useSendAddOn();
  const [results, setResults] = useState<Result[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const latest = useRef<Result[]>([]);
  const stopped = useRef(false);
  const stop = () => {
    stopped.current = true;
  };
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const addResult = (result: Result) => {
    latest.current = withResult(latest.current, result);
    setResults(latest.current);
  };
  const start = async (accounts: Account[], addOn: AddOn, on: boolean) => {
    stopped.current = false;
    setRunning(true);
    setResults(latest.current);
    await runConcurrently(
      accounts,
      (account) => changeOne(account, { accountId: account.account_id, addOn, on }, send),
      addResult,
      () => stopped.current,
    );
    setRunning(false);
    const { changed, unchanged, failed } = countOutcomes(latest.current);
    announce(text.accounts.bulk.summary(changed, unchanged, failed));
  };
  return { results, isRunning, start, stop };
}

async function changeOne(
  account: Account,
  change: AddOnChange,
  send: (change: AddOnChange) => Promise<Account>,
): Promise<Result> {
  const base = { key: account.account_id, name: account.organization || account.username };
  try {
    const now = await send(change);
    const same = now.add_ons[change.addOn].entitlement === account.add_ons[change.addOn].entitlement;
    return { ...base, outcome: same ? 'unchanged' : 'changed' };
  } catch (error) {
    return { ...base, outcome: 'failed', detail: explain(error).detail };
  }
}
