/** Switching one add-on on many accounts: each is asked for by itself, and each result is shown. */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { explain } from '../api/problem';
import type { Account, AddOn } from '../api/types';
import { announce } from '../app/announce';
import { formatNumber } from '../text/format';
import { text } from '../text/en';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { RadioGroup } from '../ui/fields';
import { Progress } from '../ui/progress';
import { Select } from '../ui/select';
import { sendAddOn } from './queries';
import { runEach, tally, type Result } from './bulk-run';
import styles from './list.module.css';

const labels = text.accounts.bulk;
const TONES: Record<Result['outcome'], Tone> = { changed: 'good', unchanged: 'quiet', failed: 'bad' };

export function BulkAddOns({ accounts, onClear }: { accounts: Account[]; onClear: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.bar} role="region" aria-label={text.accounts.selected(formatNumber(accounts.length))}>
      <p>{text.accounts.selected(formatNumber(accounts.length))}</p>
      <Button onPress={() => setOpen(true)}>{labels.change}</Button>
      <Button look="quiet" onPress={onClear}>
        {text.accounts.clearSelection}
      </Button>
      {isOpen && <BulkDialog accounts={accounts} onClose={() => setOpen(false)} />}
    </div>
  );
}

function BulkDialog({ accounts, onClose }: { accounts: Account[]; onClose: () => void }) {
  const client = useQueryClient();
  const [addOn, setAddOn] = useState<AddOn>('seo');
  const [what, setWhat] = useState('activate');
  const [results, setResults] = useState<Result[] | null>(null);
  const [isRunning, setRunning] = useState(false);
  const stopped = useRef(false);

  const change = async (account: Account): Promise<Result> => {
    const base = { key: account.account_id, name: account.organization };
    try {
      const now = await sendAddOn({ accountId: account.account_id, addOn, on: what === 'activate' }, crypto.randomUUID());
      const same = now.add_ons[addOn].entitlement === account.add_ons[addOn].entitlement;
      return { ...base, outcome: same ? 'unchanged' : 'changed' };
    } catch (error) {
      return { ...base, outcome: 'failed', detail: explain(error).detail };
    }
  };

  const start = async () => {
    stopped.current = false;
    setRunning(true);
    const all = await runEach(accounts, change, setResults, () => stopped.current);
    setRunning(false);
    const { changed, unchanged, failed } = tally(all);
    announce(labels.summary(changed, unchanged, failed));
    for (const queryKey of [['accounts'], ['audit']]) void client.invalidateQueries({ queryKey });
  };

  const close = () => {
    stopped.current = true;
    onClose();
  };

  return (
    <Dialog title={labels.title(formatNumber(accounts.length))} isOpen onClose={close}>
      <DialogBody>
        <p>{labels.lead}</p>
        {results === null && (
          <>
            <Select
              label={labels.addOn}
              choices={Object.entries(text.words.addOn).map(([value, label]) => ({ value, label }))}
              value={addOn}
              onChange={(value) => setAddOn(value as AddOn)}
            />
            <RadioGroup
              label={labels.what}
              choices={[
                { value: 'activate', label: labels.activate },
                { value: 'deactivate', label: labels.deactivate },
              ]}
              value={what}
              onChange={setWhat}
            />
          </>
        )}
        {results && <Results results={results} all={accounts.length} isRunning={isRunning} />}
      </DialogBody>
      <DialogActions>
        <Button onPress={close}>{text.actions.close}</Button>
        {results === null && (
          <Button look="primary" isPending={isRunning} onPress={() => void start()}>
            {labels.start}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Results({ results, all, isRunning }: { results: Result[]; all: number; isRunning: boolean }) {
  const { changed, unchanged, failed } = tally(results);
  return (
    <>
      {isRunning ? (
        <Progress label={labels.results} value={results.length} max={all} valueText={labels.working(formatNumber(results.length), formatNumber(all))} />
      ) : (
        <p>{labels.summary(changed, unchanged, failed)}</p>
      )}
      <ul className={styles.list} aria-label={labels.results} tabIndex={0}>
        {results.map((result) => (
          <li key={result.key}>
            {result.name}
            <Badge tone={TONES[result.outcome]}>{labels[result.outcome]}</Badge>
            {result.detail && <small>{result.detail}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}
