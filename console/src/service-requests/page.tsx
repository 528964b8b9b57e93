/** Professional services: what was asked for, what it costs, the own price and margin, and how far it is. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AccountName } from '../accounts/account-name';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment, formatMoney } from '../text/format';
import type { Money } from '../text/money';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button, ButtonLink } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import type { MenuAction } from '../ui/menu';
import { Facts, Page } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { AmountDialog } from './amount';
import { contactAction, type Decision, DecisionDialog } from './decision';
import { NewRequestPicker } from './new-request';
import { type ServiceRequest, type ServiceRequestStatus, useChangeService, useServiceRequests } from './queries';
import { type Transition, transitionsFor } from './transitions';

const labels = text.services;
const TONES: Record<ServiceRequestStatus, Tone> = {
  requested: 'info',
  quoted: 'warn',
  accepted: 'good',
  declined: 'quiet',
  in_progress: 'info',
  done: 'good',
  withdrawn: 'quiet',
};

const money = (value: Money | null) => (value ? formatMoney(value.amount, value.currency) : text.none);

const COLUMNS: Column<ServiceRequest>[] = [
  {
    id: 'account',
    header: labels.columns.account,
    width: 200,
    isTitle: true,
    cell: (row) => <AccountName account={row} />,
  },
  { id: 'kind', header: labels.columns.kind, width: 150, cell: (row) => word(labels.kinds, row.kind) },
  {
    id: 'status',
    header: labels.columns.status,
    width: 120,
    cell: (row) => <Badge tone={TONES[row.status]}>{text.words.serviceState[row.status]}</Badge>,
  },
  { id: 'quote', header: labels.columns.quote, width: 92, align: 'end', cell: (row) => money(row.quote) },
  { id: 'price', header: labels.columns.price, width: 96, align: 'end', cell: (row) => money(row.price) },
  { id: 'margin', header: labels.columns.margin, width: 104, align: 'end', cell: (row) => money(row.margin) },
  { id: 'changed', header: labels.columns.changed, width: 136, cell: (row) => formatMoment(row.changed_at) },
];

export function ServicesPage() {
  const [params, setParams] = useSearchParams();
  const { can, isOperator } = useRights();
  const requests = useServiceRequests();
  const requestedAccount = params.get('account');
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        can('request_service') &&
        !isOperator && (
          <Button look="primary" icon="add" onPress={() => setParams({ account: '' })}>
            {labels.ask}
          </Button>
        )
      }
    >
      <Loaded query={requests}>{(rows) => <Requests rows={rows} />}</Loaded>
      {requestedAccount !== null && (
        <NewRequestPicker accountId={requestedAccount} onClose={() => setParams({}, { replace: true })} />
      )}
    </Page>
  );
}

type Open = { id: string; what: 'brief' | 'price' | 'quote' | Decision } | null;

function Requests({ rows }: { rows: ServiceRequest[] }) {
  const { can, isOperator } = useRights();
  const [open, setOpen] = useState<Open>(null);
  const change = useChangeService(() => {
    notify(labels.changed);
    setOpen(null);
  });
  const { button, menu } = useRowMenu<ServiceRequest>(labels.title, (request) => {
    const opening = (what: NonNullable<Open>['what']) => () => {
      change.reset();
      setOpen({ id: request.service_request_id, what });
    };
    return [
      { id: 'brief', label: labels.open, icon: 'reports', onAction: opening('brief') },
      ...(can('change_service_request')
        ? transitionsFor(request.status, isOperator).map((move) => ({
            id: move,
            ...ACTIONS[move](request),
            onAction: opening(move),
          }))
        : []),
    ];
  });
  if (rows.length === 0)
    return (
      <Empty
        title={labels.emptyTitle}
        action={
          can('request_service') && !isOperator && <ButtonLink href="/services?account=">{labels.ask}</ButtonLink>
        }
      >
        {labels.emptyDetail}
      </Empty>
    );
  const request = rows.find(({ service_request_id }) => service_request_id === open?.id);
  const close = () => setOpen(null);
  return (
    <>
      <DataTable
        label={labels.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => row.service_request_id}
        actions={(row) => button(row, labels.rowMenu(row.organization))}
      />
      {menu}
      {open && request && <Opened what={open.what} request={request} change={change} onClose={close} />}
    </>
  );
}

interface OpenedProps {
  what: NonNullable<Open>['what'];
  request: ServiceRequest;
  change: ReturnType<typeof useChangeService>;
  onClose: () => void;
}

function Opened({ what, ...rest }: OpenedProps) {
  if (what === 'brief') return <Brief request={rest.request} onClose={rest.onClose} />;
  if (what === 'price' || what === 'quote') return <AmountDialog what={what} {...rest} />;
  return <DecisionDialog decision={what} {...rest} />;
}

const ACTIONS: Record<Transition, (request: ServiceRequest) => Pick<MenuAction, 'label' | 'icon' | 'danger'>> = {
  price: () => ({ label: labels.setPrice, icon: 'edit' }),
  quote: () => ({ label: labels.quote, icon: 'edit' }),
  accept: () => ({ label: labels.accept, icon: 'check' }),
  decline: () => ({ label: labels.decline, icon: 'close' }),
  withdraw: () => ({ label: labels.withdraw, icon: 'trash', danger: true }),
  start: () => ({ label: labels.start, icon: 'check' }),
  finish: () => ({ label: labels.finish, icon: 'check' }),
  contact: (request) => ({ label: contactAction(request), icon: 'send' }),
};

function Brief({ request, onClose }: { request: ServiceRequest; onClose: () => void }) {
  return (
    <Dialog title={labels.briefOf(request.organization)} isOpen onClose={onClose}>
      <DialogBody>
        <p>{request.brief}</p>
        <Facts
          facts={[
            { label: labels.kind, value: word(labels.kinds, request.kind) },
            { label: labels.budgetShort, value: money(request.budget) },
            { label: labels.columns.quote, value: money(request.quote) },
            { label: labels.columns.margin, value: money(request.margin) },
          ]}
        />
        <p>{request.may_contact_client ? labels.mayContact : labels.mayNotContact}</p>
      </DialogBody>
      <DialogActions>
        <Button look="primary" onPress={onClose}>
          {text.actions.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
