/** What only operators do with an account: holds, moving it, erasing personal data. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useActingPartner } from '../api/acting-partner';
import { today } from '../api/business-day';
import type { Account, Hold } from '../api/types';
import { usePartners } from '../partners/queries';
import { text, word } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { FieldRow, TextField } from '../ui/fields';
import styles from '../ui/form.module.css';
import { FormDialog } from '../ui/form-dialog';
import { Note, Section } from '../ui/page';
import { Select } from '../ui/select';
import { Failure } from '../ui/states';
import { ErasureState } from './erasure';
import { useEraseAccount, useMoveAccount, useSetHold } from './operator-queries';

const labels = text.account.operator;
const HOLDS = Object.keys(text.words.hold) as Hold[];

export function OperatorSection({ account }: { account: Account }) {
  const [open, setOpen] = useState<'move' | 'erase' | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title={labels.title} lead={labels.lead}>
      <div className={styles.operator}>
        <Holds account={account} />
        <Button icon="send" onPress={() => setOpen('move')}>
          {labels.move}
        </Button>
        <Button look="danger" icon="trash" isDisabled={account.status !== 'C'} onPress={() => setOpen('erase')}>
          {labels.erase}
        </Button>
        {account.status !== 'C' && <p className={styles.hint}>{labels.eraseOnlyCancelled}</p>}
      </div>
      <ErasureState account={account} />
      {open === 'move' && <MoveDialog account={account} onClose={close} />}
      {open === 'erase' && <EraseDialog account={account} onClose={close} />}
    </Section>
  );
}

function Holds({ account }: { account: Account }) {
  const [isSuspending, setSuspending] = useState(false);
  const change = useSetHold({
    onSuccess: (_, { on }) => {
      notify(on ? text.account.changed.hold : text.account.changed.lifted);
      setSuspending(false);
    },
  });
  const send = (hold: Hold, on: boolean) => change.mutate({ accountId: account.account_id, hold, on });
  return (
    <>
      {HOLDS.map((hold) => {
        const on = !account.holds.includes(hold);
        return (
          <Button
            key={hold}
            isPending={change.isPending && change.variables.hold === hold}
            onPress={() => (on && hold === 'suspended' ? setSuspending(true) : send(hold, on))}
          >
            {on ? `${labels.hold}: ${word(text.words.hold, hold)}` : labels.lift(word(text.words.hold, hold))}
          </Button>
        );
      })}
      {Boolean(change.error) && !isSuspending && <Failure error={change.error} />}
      <Confirm
        title={labels.suspendTitle}
        question={labels.suspendQuestion}
        action={labels.suspend}
        danger
        isOpen={isSuspending}
        isPending={change.isPending}
        error={change.error}
        onConfirm={() => send('suspended', true)}
        onClose={() => {
          setSuspending(false);
          change.reset();
        }}
      />
    </>
  );
}

function MoveDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const navigate = useNavigate();
  const [qualifies, setQualifies] = useState(true);
  const acting = useActingPartner();
  const others = (usePartners().data ?? []).filter((partner) => partner.partner_id !== acting);
  const move = useMoveAccount(() => {
    notify(text.account.changed.moved);
    void navigate('/accounts');
  });
  const submit = (values: Record<string, string>) =>
    move.mutate({
      accountId: account.account_id,
      to_partner_id: values.to_partner_id ?? '',
      qualifies,
      consent: {
        given_by: values['consent.given_by'] ?? '',
        given_at: `${values['consent.given_at'] ?? today()}T00:00:00Z`,
        evidence: values['consent.evidence'] ?? '',
      },
    });
  return (
    <FormDialog
      title={labels.move}
      submit={labels.moveSubmit}
      danger
      error={move.error}
      isPending={move.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Note tone="warn">{labels.moveLead}</Note>
      <Select
        name="to_partner_id"
        label={labels.to}
        placeholder={text.partners.choose}
        isRequired
        choices={others.map((partner) => ({
          value: partner.partner_id,
          label: partner.name,
          hint: partner.partner_id,
        }))}
      />
      <Checkbox isSelected={qualifies} onChange={setQualifies}>
        {labels.qualifies}
      </Checkbox>
      <FieldRow>
        <TextField name="consent.given_by" label={labels.consentBy} isRequired />
        <TextField name="consent.given_at" type="date" label={labels.consentAt} defaultValue={today()} isRequired />
      </FieldRow>
      <TextField name="consent.evidence" label={labels.evidence} hint={labels.evidenceHint} lines={2} isRequired />
    </FormDialog>
  );
}

function EraseDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const erase = useEraseAccount(() => {
    notify(text.account.changed.erased);
    onClose();
  });
  return (
    <Confirm
      title={labels.erase}
      question={labels.eraseQuestion}
      action={labels.erase}
      danger
      isOpen
      isPending={erase.isPending}
      error={erase.error}
      onConfirm={() => erase.mutate(account.account_id)}
      onClose={onClose}
    />
  );
}
