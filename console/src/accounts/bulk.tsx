/** One change of many accounts: chosen, looked at beforehand, confirmed with its numbers, carried out by the server. */
import { useState } from 'react';
import { today } from '../api/business-day';
import type { Account, AddOn, BillingMode, CancelReason, Plan } from '../api/types';
import { useRights } from '../auth/me';
import { FollowedOperation } from '../bulk-operations/followed';
import { Counts } from '../bulk-operations/progress';
import { type BulkOperation, usePreview, useStart } from '../bulk-operations/queries';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { TextField } from '../ui/fields';
import { Note } from '../ui/page';
import { Select } from '../ui/select';
import { SelectionBar } from '../ui/selection-bar';
import { Failure } from '../ui/states';
import { type Chosen, named, offered, requestOf } from './bulk-choices';
import styles from './list.module.css';

const labels = text.accounts.bulk;
const shared = text.bulkOperations;
const PAID: Plan[] = ['lite', 'standard', 'premium'];

interface BulkBarProps {
  accounts: Account[];
  onChange: (accounts: Account[]) => void;
  onClear: () => void;
}

/** How many are selected, and what can be done with them. */
export function BulkBar({ accounts, onChange, onClear }: BulkBarProps) {
  const selected = text.accounts.selected(formatNumber(accounts.length));
  return (
    <SelectionBar label={selected} clear={text.accounts.clearSelection} onClear={onClear}>
      <Button onPress={() => onChange(accounts)}>{labels.change}</Button>
    </SelectionBar>
  );
}

interface BulkDialogProps {
  accounts: Account[];
  onClose: () => void;
}

/** Stands beside the list, not in it: accounts that no longer match leave the list, and the results stay. */
export function BulkDialog({ accounts, onClose }: BulkDialogProps) {
  const [started, setStarted] = useState<string | null>(null);
  const title = labels.title(formatNumber(accounts.length));
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {started ? (
        <FollowedOperation id={started} onClose={onClose} />
      ) : (
        <Asked
          accounts={accounts}
          onStarted={({ bulk_operation_id }) => setStarted(bulk_operation_id)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface AskedProps extends BulkDialogProps {
  onStarted: (operation: BulkOperation) => void;
}

function Asked({ accounts, onStarted, onClose }: AskedProps) {
  const { can } = useRights();
  const operations = offered(accounts, can);
  const [chosen, setChosen] = useState<Chosen>({
    operation: operations[0] ?? 'activate_add_on',
    addOn: '',
    plan: '',
    billing: '',
    reason: '',
    day: today(),
  });
  const preview = usePreview();
  const start = useStart(onStarted);
  const request = requestOf(chosen, accounts);
  const change = (changes: Partial<Chosen>) => {
    setChosen({ ...chosen, ...changes });
    preview.reset();
    start.reset();
  };
  const looked = preview.data;
  if (operations.length === 0)
    return (
      <>
        <DialogBody>
          <p>{labels.nothing}</p>
        </DialogBody>
        <DialogActions>
          <Button onPress={onClose}>{text.actions.close}</Button>
        </DialogActions>
      </>
    );
  return (
    <>
      <DialogBody>
        <p>{labels.lead}</p>
        <Select
          label={labels.what}
          choices={operations.map((value) => ({ value, label: shared.names[value] }))}
          value={chosen.operation}
          onChange={(value) => change({ operation: value as Chosen['operation'] })}
        />
        <Choices chosen={chosen} onChange={change} />
        {looked && <Preview of={looked} accounts={accounts} />}
        {preview.error !== null && <Failure error={preview.error} />}
        {start.error !== null && <Failure error={start.error} />}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.cancel}</Button>
        {looked ? (
          <Button
            look={chosen.operation === 'cancel' ? 'danger' : 'primary'}
            isPending={start.isPending}
            isDisabled={looked.changed === 0 && looked.done === looked.total}
            onPress={() => request && start.mutate(request)}
          >
            {labels.start(formatNumber(looked.total - looked.unchanged - looked.refused))}
          </Button>
        ) : (
          <Button
            look="primary"
            isPending={preview.isPending}
            isDisabled={request === null}
            onPress={() => request && preview.mutate(request)}
          >
            {labels.preview}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function choicesOf(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function Choices({ chosen, onChange }: { chosen: Chosen; onChange: (changes: Partial<Chosen>) => void }) {
  const { operation } = chosen;
  if (operation === 'activate_add_on' || operation === 'deactivate_add_on')
    return (
      <Select
        key="add-on"
        label={labels.addOn}
        placeholder={labels.choose}
        choices={choicesOf(text.words.addOn)}
        value={chosen.addOn}
        onChange={(value) => onChange({ addOn: value as AddOn })}
      />
    );
  if (operation === 'change_plan')
    return (
      <Select
        key="plan"
        label={text.account.planDialog.plan}
        placeholder={labels.choose}
        choices={PAID.map((value) => ({ value, label: text.words.plan[value] }))}
        value={chosen.plan}
        onChange={(value) => onChange({ plan: value as Plan })}
      />
    );
  if (operation === 'change_billing_mode')
    return (
      <Select
        key="billing"
        label={text.account.billing}
        placeholder={labels.choose}
        choices={choicesOf(text.words.billingMode)}
        value={chosen.billing}
        onChange={(value) => onChange({ billing: value as BillingMode })}
      />
    );
  return operation === 'cancel' ? <Cancellation chosen={chosen} onChange={onChange} /> : null;
}

function Cancellation({ chosen, onChange }: { chosen: Chosen; onChange: (changes: Partial<Chosen>) => void }) {
  return (
    <>
      <Select
        label={text.account.cancelDialog.reason}
        placeholder={text.account.cancelDialog.chooseReason}
        choices={choicesOf(text.words.cancelReason)}
        value={chosen.reason}
        onChange={(value) => onChange({ reason: value as CancelReason })}
      />
      <TextField
        type="date"
        width="short"
        label={text.account.cancelDialog.date}
        hint={text.account.cancelDialog.dateHint}
        value={chosen.day}
        onChange={(day) => onChange({ day })}
      />
    </>
  );
}

/** What would become of the accounts, before anything does. */
function Preview({ of, accounts }: { of: BulkOperation; accounts: Account[] }) {
  return (
    <section className={styles.stack} aria-label={labels.previewTitle}>
      <p>
        <strong>{shared.names[of.operation]}:</strong> {shared.touched(...named(accounts))}
      </p>
      <Counts of={of} />
      {of.done < of.total && <Note tone="warn">{shared.lookedAt(formatNumber(of.done), formatNumber(of.total))}</Note>}
      {of.refusals && of.refusals.length > 0 && (
        <ul className={styles.list} aria-label={shared.reasons} tabIndex={0}>
          {of.refusals.map((refusal) => (
            <li key={refusal.detail}>{shared.reason(formatNumber(refusal.accounts), refusal.detail)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
