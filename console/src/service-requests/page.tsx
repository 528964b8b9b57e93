/** Professional services: what was asked for, what it costs, the own price and margin, and how far it is. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AccountName } from '../accounts/columns';
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment, formatMoney } from '../text/format';
import type { Money } from '../text/money';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import type { MenuAction } from '../ui/menu';
import { Facts, Page } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { AmountDialog } from './amount';
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

type Open = { request: ServiceRequest; what: 'price' | 'quote' | 'brief' } | null;

function Requests({ rows }: { rows: ServiceRequest[] }) {
  const { can, isOperator } = useRights();
  const [open, setOpen] = useState<Open>(null);
  const change = useChangeService(() => {
    notify(labels.changed);
    setOpen(null);
  });
  const send = (request: ServiceRequest, what: Parameters<typeof change.mutate>[0]['change']) =>
    change.mutate({ request, change: what }, { onError: (error) => notify(explain(error).detail, 'bad') });
  const { button, menu } = useRowMenu<ServiceRequest>(labels.title, (request) => [
    { id: 'brief', label: labels.open, icon: 'reports', onAction: () => setOpen({ request, what: 'brief' }) },
    ...(can('change_service_request')
      ? transitionsFor(request.status, isOperator).map((move) => actionOf(move, request, send, setOpen))
      : []),
  ]);
  if (rows.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
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
      {open?.what === 'brief' && <Brief request={open.request} onClose={() => setOpen(null)} />}
      {(open?.what === 'price' || open?.what === 'quote') && (
        <AmountDialog request={open.request} what={open.what} change={change} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

type Send = (request: ServiceRequest, change: { status?: ServiceRequestStatus; may_contact_client?: boolean }) => void;

function actionOf(move: Transition, request: ServiceRequest, send: Send, setOpen: (open: Open) => void): MenuAction {
  const to = (status: ServiceRequestStatus) => () => send(request, { status });
  const actions: Record<Transition, Omit<MenuAction, 'id'>> = {
    price: { label: labels.setPrice, icon: 'edit', onAction: () => setOpen({ request, what: 'price' }) },
    quote: { label: labels.quote, icon: 'edit', onAction: () => setOpen({ request, what: 'quote' }) },
    accept: { label: labels.accept, icon: 'check', onAction: to('accepted') },
    decline: { label: labels.decline, icon: 'close', onAction: to('declined') },
    withdraw: { label: labels.withdraw, icon: 'trash', danger: true, onAction: to('withdrawn') },
    start: { label: labels.start, icon: 'check', onAction: to('in_progress') },
    finish: { label: labels.finish, icon: 'check', onAction: to('done') },
    contact: {
      label: request.may_contact_client ? labels.forbidContact : labels.allowContact,
      icon: 'send',
      onAction: () => send(request, { may_contact_client: !request.may_contact_client }),
    },
  };
  return { id: move, ...actions[move] };
}

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
