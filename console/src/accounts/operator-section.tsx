/** What only operators do with an account: holds, moving it, erasing personal data. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useActingPartner } from '../api/acting-partner';
import { today } from '../api/business-day';
import type { Account, Hold } from '../api/types';
import { usePartners } from '../partners/queries';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { FieldRow, TextField } from '../ui/fields';
import styles from '../ui/form.module.css';
import { FormDialog } from '../ui/form-dialog';
import { Note, Section } from '../ui/page';
import { Select } from '../ui/select';
import { useNotifyDone } from './account-dialog';
import { ErasureState } from './erasure';
import { useEraseAccount, useLiftHold, useMoveAccount, usePlaceHold } from './operator-queries';
import { refusalOf } from './refusal';

const labels = text.account.operator;
const HOLDS = Object.keys(text.words.hold) as Hold[];

export function OperatorSection({ account }: { account: Account }) {
  const [open, setOpen] = useState<'move' | 'erase' | null>(null);
  const close = () => setOpen(null);
  const [moving, erasing] = [refusalOf(account, 'move_account'), refusalOf(account, 'erase_person')];
  const reasons = [...new Set([refusalOf(account, 'place_hold'), moving, erasing])].filter(Boolean);
  return (
    <Section title={labels.title} lead={labels.lead}>
      <div className={styles.operator}>
        <Holds account={account} />
        <Button icon="send" isDisabled={Boolean(moving)} onPress={() => setOpen('move')}>
          {labels.move}
        </Button>
        <Button look="danger" icon="trash" isDisabled={Boolean(erasing)} onPress={() => setOpen('erase')}>
          {labels.erase}
        </Button>
        {reasons.map((reason) => (
          <p key={reason} className={styles.hint}>
            {reason}
          </p>
        ))}
      </div>
      <ErasureState account={account} />
      {open === 'move' && <MoveDialog account={account} onClose={close} />}
      {open === 'erase' && <EraseDialog account={account} onClose={close} />}
    </Section>
  );
}

function Holds({ account }: { account: Account }) {
  const [asking, setAsking] = useState<Hold | null>(null);
  const close = () => setAsking(null);
  const refusal = refusalOf(account, 'place_hold');
  return (
    <>
      {HOLDS.map((hold) => {
        const isPlaced = account.holds.includes(hold);
        return (
          <Button key={hold} isDisabled={!isPlaced && Boolean(refusal)} onPress={() => setAsking(hold)}>
            {isPlaced ? labels.lift(text.words.hold[hold]) : `${labels.hold}: ${text.words.hold[hold]}`}
          </Button>
        );
      })}
      {asking && account.holds.includes(asking) && <LiftHold account={account} hold={asking} onClose={close} />}
      {asking && !account.holds.includes(asking) && <PlaceHold account={account} hold={asking} onClose={close} />}
    </>
  );
}

interface HoldDialogProps {
  account: Account;
  hold: Hold;
  onClose: () => void;
}

function PlaceHold({ account, hold, onClose }: HoldDialogProps) {
  const done = useNotifyDone(onClose);
  const change = usePlaceHold({ onSuccess: () => done(text.account.changed.hold) });
  const isSuspension = hold === 'suspended';
  return (
    <FormDialog
      title={
        isSuspension
          ? labels.suspendTitle(account.organization)
          : labels.holdTitle(text.words.hold[hold], account.organization)
      }
      submit={isSuspension ? labels.suspend : labels.hold}
      danger={isSuspension}
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={(values) => change.mutate({ accountId: account.account_id, hold, reason: values.reason ?? '' })}
    >
      <Note tone={isSuspension ? 'bad' : 'warn'}>{labels.holdEffects[hold]}</Note>
      <TextField
        name="reason"
        label={labels.holdReason}
        hint={labels.holdReasonHint}
        maxLength={300}
        lines={2}
        isRequired
      />
    </FormDialog>
  );
}

function LiftHold({ account, hold, onClose }: HoldDialogProps) {
  const done = useNotifyDone(onClose);
  const change = useLiftHold({ onSuccess: () => done(text.account.changed.lifted) });
  return (
    <Confirm
      title={labels.liftTitle(text.words.hold[hold], account.organization)}
      question={labels.liftEffects[hold]}
      action={labels.lift(text.words.hold[hold])}
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ accountId: account.account_id, hold })}
      onClose={onClose}
    />
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
      title={labels.moveTitle(account.organization)}
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
      title={labels.eraseTitle(account.organization)}
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
