/** For operators: partners and their terms, and finding an account by its username. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../ui/form-dialog';
import { explain } from '../api/problem';
import { notify } from '../app/announce';
import { chooseHere } from '../app/partner-choice';
import { MONEY, minorUnits, parseMoney, typedMoney } from '../text/money';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Checkbox, FieldRow, TextField } from '../ui/fields';
import { Page, Section } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Failure } from '../ui/states';
import { FindUsername } from './find-username';
import { PartnerList } from './list';
import { useAddPartner, useChangePartner, type Partner, type Terms } from './queries';

const labels = text.partners;
const STANDARD_BONUS = { amount: 10_000, currency: 'USD' };

export function PartnersPage() {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Partner | 'new' | null>(null);
  const [suspended, setSuspended] = useState<Partner | null>(null);
  const change = useChangePartner(() => notify(labels.saved));
  const resume = (partner: Partner) =>
    change.mutate({ partner, change: { suspended: false } }, { onError: (error) => notify(explain(error).detail, 'bad') });
  const choose = (partnerId: string) => {
    chooseHere(partnerId);
    void navigate('/');
  };
  const { button, menu } = useRowMenu<Partner>(labels.title, (partner) => [
    { id: 'terms', label: labels.terms, icon: 'edit', onAction: () => setOpen(partner) },
    {
      id: 'suspend',
      label: partner.suspended ? labels.resume : labels.suspend,
      icon: 'lock',
      danger: !partner.suspended,
      onAction: () => (partner.suspended ? resume(partner) : setSuspended(partner)),
    },
  ]);
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        <Button look="primary" icon="add" onPress={() => setOpen('new')}>
          {labels.add}
        </Button>
      }
    >
      <Section title={labels.find}>
        <FindUsername onOpen={(found) => {
          chooseHere(found.partner_id);
          void navigate(`/accounts/${found.account_id}`);
        }} />
      </Section>
      <PartnerList onChoose={choose} more={(partner) => button(partner, labels.rowMenu(partner.name))} />
      {menu}
      {suspended && <SuspendPartner partner={suspended} onClose={() => setSuspended(null)} />}
      {open === 'new' && <AddPartner onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <ChangeTerms partner={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function SuspendPartner({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const change = useChangePartner(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <Confirm
      title={labels.suspendTitle(partner.name)}
      question={labels.suspendQuestion}
      action={labels.suspend}
      danger
      isOpen
      isPending={change.isPending}
      onConfirm={() => change.mutate({ partner, change: { suspended: true } })}
      onClose={onClose}
    >
      {Boolean(change.error) && <Failure error={change.error} />}
    </Confirm>
  );
}

function AddPartner({ onClose }: { onClose: () => void }) {
  const [singleBill, setSingleBill] = useState(true);
  const add = useAddPartner(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <FormDialog
      title={labels.add}
      submit={text.actions.save}
      error={add.error}
      isPending={add.isPending}
      onSubmit={(values) => add.mutate({ name: values.name ?? '', terms: termsOf(values, singleBill) })}
      onClose={onClose}
    >
      <TermsFields singleBill={singleBill} onSingleBill={setSingleBill} />
    </FormDialog>
  );
}

function ChangeTerms({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const [singleBill, setSingleBill] = useState(partner.terms.single_bill_enabled);
  const change = useChangePartner(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <FormDialog
      title={labels.terms}
      submit={text.actions.save}
      error={change.error}
      isPending={change.isPending}
      onSubmit={(values) => change.mutate({ partner, change: { name: values.name ?? '', terms: termsOf(values, singleBill) } })}
      onClose={onClose}
    >
      <TermsFields partner={partner} singleBill={singleBill} onSingleBill={setSingleBill} />
    </FormDialog>
  );
}

interface TermsFieldsProps {
  partner?: Partner;
  singleBill: boolean;
  onSingleBill: (on: boolean) => void;
}

function TermsFields({ partner, singleBill, onSingleBill }: TermsFieldsProps) {
  const terms = partner?.terms;
  return (
    <>
      <TextField name="name" label={labels.name} maxLength={120} defaultValue={partner?.name ?? ''} isRequired />
      <FieldRow>
        <TextField name="terms.bonus.amount" label={labels.bonusAmount} inputMode="decimal" pattern={MONEY} defaultValue={typedMoney(terms?.bonus ?? STANDARD_BONUS)} isRequired />
        <TextField name="terms.bonus.currency" label={labels.currency} maxLength={3} pattern="[A-Z]{3}" defaultValue={terms?.bonus.currency ?? STANDARD_BONUS.currency} isRequired />
      </FieldRow>
      <FieldRow>
        <TextField name="terms.trial_days" type="number" min={1} max={365} label={labels.trialDays} defaultValue={String(terms?.trial_days ?? 60)} isRequired />
        <TextField name="terms.permission_days" type="number" min={1} max={90} label={labels.permissionDays} defaultValue={String(terms?.permission_days ?? 30)} isRequired />
      </FieldRow>
      <Checkbox isSelected={singleBill} onChange={onSingleBill}>
        {labels.singleBill}
      </Checkbox>
    </>
  );
}

function termsOf(values: Record<string, string>, singleBill: boolean): Terms {
  const currency = values['terms.bonus.currency'] ?? STANDARD_BONUS.currency;
  return {
    trial_days: Number(values['terms.trial_days']),
    permission_days: Number(values['terms.permission_days']),
    bonus: { amount: parseMoney(values['terms.bonus.amount'] ?? '', minorUnits(currency)) ?? 0, currency },
    single_bill_enabled: singleBill,
  };
}
