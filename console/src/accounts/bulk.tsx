/** Switching one add-on on many accounts: each is asked for by itself, and each result is shown. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account, AddOn } from '../api/types';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { RadioGroup } from '../ui/choices';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { Progress } from '../ui/progress';
import { Select } from '../ui/select';
import { countOutcomes, type Result } from './bulk-run';
import styles from './list.module.css';
import { useBulk } from './use-bulk';

const labels = text.accounts.bulk;
const TONES: Record<Result['outcome'], Tone> = { changed: 'good', unchanged: 'quiet', failed: 'bad' };

interface BulkBarProps {
  accounts: Account[];
  onChange: (accounts: Account[]) => void;
  onClear: () => void;
}

/** How many are selected, and what can be done with them. */
export function BulkBar({ accounts, onChange, onClear }: BulkBarProps) {
  const selected = text.accounts.selected(formatNumber(accounts.length));
  return (
    <section className={styles.bar} aria-label={selected}>
      <p>{selected}</p>
      <Button onPress={() => onChange(accounts)}>{labels.change}</Button>
      <Button look="quiet" onPress={onClear}>
        {text.accounts.clearSelection}
      </Button>
    </section>
  );
}

/** Stands beside the list, not in it: accounts that no longer match leave the list, and their results stay. */
export function BulkDialog({ accounts, onClose }: { accounts: Account[]; onClose: () => void }) {
  const client = useQueryClient();
  const [addOn, setAddOn] = useState<AddOn>('seo');
  const [what, setWhat] = useState('activate');
  const { results, isRunning, start, stop } = useBulk();
  const run = (chosen: Account[]) => void start(chosen, addOn, what === 'activate');
  const close = () => {
    onClose();
    for (const queryKey of [['accounts'], ['audit']]) void client.invalidateQueries({ queryKey });
  };
  const failed = new Set(results?.filter((result) => result.outcome === 'failed').map((result) => result.key));
  return (
    <Dialog title={labels.title(formatNumber(accounts.length))} isOpen onClose={close}>
      <DialogBody>
        <p>{labels.lead}</p>
        {results ? (
          <Results results={results} all={accounts.length} isRunning={isRunning} />
        ) : (
          <>
            <Select
              label={labels.addOn}
              choices={choicesOf(text.words.addOn)}
              value={addOn}
              onChange={(value) => setAddOn(value as AddOn)}
            />
            <RadioGroup
              label={labels.what}
              choices={choicesOf({ activate: labels.activate, deactivate: labels.deactivate })}
              value={what}
              onChange={setWhat}
            />
          </>
        )}
      </DialogBody>
      <DialogActions>
        {isRunning ? (
          <Button onPress={stop}>{labels.stop}</Button>
        ) : (
          <Button onPress={close}>{text.actions.close}</Button>
        )}
        {results === null && (
          <Button look="primary" onPress={() => run(accounts)}>
            {labels.start}
          </Button>
        )}
        {!isRunning && failed.size > 0 && (
          <Button icon="refresh" onPress={() => run(accounts.filter((account) => failed.has(account.account_id)))}>
            {labels.again}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function choicesOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function Results({ results, all, isRunning }: { results: Result[]; all: number; isRunning: boolean }) {
  const { changed, unchanged, failed } = countOutcomes(results);
  const notTried = all - results.length;
  return (
    <>
      {isRunning ? (
        <Progress
          label={labels.results}
          value={results.length}
          max={all}
          valueText={labels.working(formatNumber(results.length), formatNumber(all))}
        />
      ) : (
        <p>
          {labels.summary(changed, unchanged, failed)} {notTried > 0 && labels.left(formatNumber(notTried))}
        </p>
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
