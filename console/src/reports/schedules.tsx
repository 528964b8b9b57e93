/** Scheduled reports: what is made by itself, how often, for whom. */
import { useState } from 'react';
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment } from '../text/format';
import { notify } from '../ui/announce';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Page, Tabs } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { useOverlay } from '../ui/use-overlay';
import { formatsInWords, parametersOf } from './run-status';
import { EditSchedule, NewSchedule } from './schedule-form';
import { type Schedule, useChangeSchedule, useDeleteSchedule, useSchedules, useTrySchedule } from './schedule-queries';
import { timingInWords } from './schedule-timing';
import { REPORT_TABS } from './tabs';

const labels = text.reports.schedules;

const COLUMNS: Column<Schedule>[] = [
  {
    id: 'report',
    header: labels.columns.report,
    width: 230,
    isTitle: true,
    cell: (schedule) => `${word(text.words.report, schedule.report)}: ${parametersOf(schedule)}`,
  },
  { id: 'every', header: labels.columns.every, width: 170, cell: (schedule) => timingInWords(schedule.timing) },
  { id: 'formats', header: labels.columns.formats, width: 100, cell: (schedule) => formatsInWords(schedule.formats) },
  {
    id: 'recipients',
    header: labels.columns.recipients,
    width: 190,
    cell: (schedule) => schedule.email_to.join(', ') || labels.recipientsDefault,
  },
  {
    id: 'next',
    header: labels.columns.next,
    width: 136,
    cell: (schedule) => (schedule.paused ? text.none : formatMoment(schedule.next_run_at)),
  },
  {
    id: 'status',
    header: labels.columns.status,
    width: 84,
    cell: (schedule) => (
      <Badge tone={schedule.paused ? 'quiet' : 'good'}>{schedule.paused ? labels.paused : labels.active}</Badge>
    ),
  },
];

export function SchedulesPage() {
  const [isOpen, setOpen] = useOverlay('new');
  const schedules = useSchedules();
  const { can } = useRights();
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        can('create_report_schedule') && (
          <Button look="primary" icon="add" onPress={() => setOpen(true)}>
            {labels.add}
          </Button>
        )
      }
    >
      <Tabs label={text.reports.tabs.label} items={REPORT_TABS} current="/reports/schedules" />
      <Loaded query={schedules}>{(rows) => <Schedules rows={rows} />}</Loaded>
      {isOpen && can('create_report_schedule') && <NewSchedule onClose={() => setOpen(false)} />}
    </Page>
  );
}

function Schedules({ rows }: { rows: Schedule[] }) {
  const { can } = useRights();
  const [open, setOpen] = useState<{ id: string; what: 'edit' | 'try' | 'delete' } | null>(null);
  const pause = useChangeSchedule(({ paused }) => notify(paused ? labels.pausedNow : labels.resumedNow));
  const tell = (error: unknown) => notify(explain(error).detail, 'bad');
  const opening =
    ({ report_schedule_id: id }: Schedule, what: 'edit' | 'try' | 'delete') =>
    () =>
      setOpen({ id, what });
  const { button, menu } = useRowMenu<Schedule>(labels.title, (schedule) => [
    { id: 'edit', label: labels.edit, icon: 'edit', onAction: opening(schedule, 'edit') },
    { id: 'try', label: labels.tryNow, icon: 'reports', onAction: opening(schedule, 'try') },
    {
      id: 'pause',
      label: schedule.paused ? labels.resume : labels.pause,
      icon: 'refresh',
      onAction: () => pause.mutate({ schedule, change: { paused: !schedule.paused } }, { onError: tell }),
    },
    { id: 'delete', label: text.actions.delete, icon: 'trash', danger: true, onAction: opening(schedule, 'delete') },
  ]);
  if (rows.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
  const schedule = rows.find(({ report_schedule_id }) => report_schedule_id === open?.id);
  const close = () => setOpen(null);
  return (
    <>
      <DataTable
        label={labels.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={(schedule) => schedule.report_schedule_id}
        {...(can('change_report_schedule')
          ? {
              actions: (schedule: Schedule) =>
                button(schedule, text.reports.rowMenu(word(text.words.report, schedule.report))),
            }
          : {})}
      />
      {menu}
      {schedule && open?.what === 'edit' && <EditSchedule schedule={schedule} onClose={close} />}
      {schedule && open?.what === 'try' && <TrySchedule schedule={schedule} onClose={close} />}
      {schedule && open?.what === 'delete' && <DeleteSchedule schedule={schedule} onClose={close} />}
    </>
  );
}

function TrySchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const tryNow = useTrySchedule(() => {
    notify(labels.tried);
    onClose();
  });
  return (
    <Confirm
      title={labels.tryTitle(word(text.words.report, schedule.report))}
      question={labels.tryQuestion(schedule.email_to.join(', '))}
      action={labels.tryNow}
      isOpen
      isPending={tryNow.isPending}
      error={tryNow.error}
      onConfirm={() => tryNow.mutate(schedule.report_schedule_id)}
      onClose={onClose}
    />
  );
}

function DeleteSchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const remove = useDeleteSchedule(() => {
    notify(labels.deleted);
    onClose();
  });
  return (
    <Confirm
      title={labels.deleteTitle(word(text.words.report, schedule.report), timingInWords(schedule.timing))}
      question={labels.deleteQuestion}
      action={text.actions.delete}
      danger
      isOpen
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(schedule.report_schedule_id)}
      onClose={onClose}
    />
  );
}
