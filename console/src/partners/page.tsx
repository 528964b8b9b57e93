/** For operators: partners and their terms, and finding an account by its username. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { switchPartner } from '../api/switch-partner';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { FormDialog } from '../ui/form-dialog';
import { Page, Section } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { FindUsername } from './find-username';
import { PartnerList } from './list';
import { type Partner, useAddPartner, useChangePartner, useLatestPartner } from './queries';
import { TermsFields, termsOf } from './terms';

const labels = text.partners;

export function PartnersPage() {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Partner | 'new' | null>(null);
  const [switching, setSwitching] = useState<Partner | null>(null);
  const choose = (partnerId: string) => {
    switchPartner(partnerId);
    void navigate('/');
  };
  const { button, menu } = useRowMenu<Partner>(labels.title, (partner) => [
    { id: 'terms', label: labels.terms, icon: 'edit', onAction: () => setOpen(partner) },
    {
      id: 'suspend',
      label: partner.suspended ? labels.resume : labels.suspend,
      icon: 'lock',
      danger: !partner.suspended,
      onAction: () => setSwitching(partner),
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
        <FindUsername
          onOpen={(found) => {
            switchPartner(found.partner_id);
            void navigate(`/accounts/${found.account_id}`);
          }}
        />
      </Section>
      <PartnerList onChoose={choose} more={(partner) => button(partner, labels.rowMenu(partner.name))} />
      {menu}
      {switching && <SuspendOrResume partner={switching} onClose={() => setSwitching(null)} />}
      {open === 'new' && <AddPartner onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <ChangeTerms partner={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function SuspendOrResume({ partner: opened, onClose }: { partner: Partner; onClose: () => void }) {
  const partner = useLatestPartner(opened);
  const { suspended } = opened;
  const change = useChangePartner(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <Confirm
      title={suspended ? labels.resumeTitle(partner.name) : labels.suspendTitle(partner.name)}
      question={suspended ? labels.resumeQuestion : labels.suspendQuestion}
      action={suspended ? labels.resume : labels.suspend}
      danger={!suspended}
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ partner, change: { suspended: !suspended } })}
      onClose={onClose}
    />
  );
}

function AddPartner({ onClose }: { onClose: () => void }) {
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
      onSubmit={(values) => add.mutate({ name: values.name ?? '', terms: termsOf(values) })}
      onClose={onClose}
    >
      <TermsFields />
    </FormDialog>
  );
}

function ChangeTerms({ partner: opened, onClose }: { partner: Partner; onClose: () => void }) {
  const partner = useLatestPartner(opened);
  const change = useChangePartner(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <FormDialog
      title={labels.termsOf(partner.name)}
      submit={text.actions.save}
      error={change.error}
      isPending={change.isPending}
      onSubmit={(values) => change.mutate({ partner, change: { name: values.name ?? '', terms: termsOf(values) } })}
      onClose={onClose}
    >
      <TermsFields partner={partner} />
    </FormDialog>
  );
}
