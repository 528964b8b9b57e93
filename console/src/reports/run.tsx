/** One run of a report: its progress while it is made, then its files. */
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { current } from '../api/problem';
import { useRights } from '../auth/me';
import { useNameOf } from '../team/queries';
import { text, word } from '../text/en';
import { formatMoment, formatNumber } from '../text/format';
import { announce, notify } from '../ui/announce';
import { Button, ButtonLink } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Facts, Note, Page, Section } from '../ui/page';
import { Progress } from '../ui/progress';
import { Failure, Skeleton } from '../ui/states';
import { Files } from './files';
import { DeleteRun } from './list';
import { isUnderWay, type ReportRun, useRevokeLinks, useRun } from './queries';
import { rerunHref } from './rerun';
import { parametersOf, RunStatusBadge } from './run-status';

const labels = text.reports.details;
const back = { href: '/reports', label: labels.back };

export function RunPage() {
  const { runId = '' } = useParams();
  const run = useRun(runId);
  const data = current(run);
  if (data) return <RunDetails run={data} />;
  return (
    <Page title={labels.loading} back={back}>
      {run.error ? <Failure error={run.error} onRetry={() => void run.refetch()} /> : <Skeleton />}
    </Page>
  );
}

function RunDetails({ run }: { run: ReportRun }) {
  const navigate = useNavigate();
  const { can } = useRights();
  const [open, setOpen] = useState<'delete' | 'revoke' | null>(null);
  const name = word(text.words.report, run.report);
  useNotifyWhenReady(run, name);
  return (
    <Page
      title={name}
      beside={<RunStatusBadge run={{ ...run, progress: 0 }} />}
      lead={parametersOf(run)}
      back={back}
      actions={
        <>
          <ButtonLink href={rerunHref(run)}>{labels.again}</ButtonLink>
          {can('revoke_report_links') && run.status === 'ready' && (
            <Button onPress={() => setOpen('revoke')}>{labels.revoke}</Button>
          )}
          {can('delete_report_run') && !isUnderWay(run.status) && (
            <Button look="danger" icon="trash" onPress={() => setOpen('delete')}>
              {text.actions.delete}
            </Button>
          )}
        </>
      }
    >
      <State run={run} />
      <About run={run} />
      {open === 'delete' && (
        <DeleteRun run={run} onClose={() => setOpen(null)} onDone={() => void navigate('/reports')} />
      )}
      {open === 'revoke' && <RevokeLinks runId={run.report_run_id} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function useNotifyWhenReady(run: ReportRun, name: string): void {
  const before = useRef(run.status);
  useEffect(() => {
    if (isUnderWay(before.current) && run.status === 'ready') announce(text.reports.ready(name));
    before.current = run.status;
  }, [run.status, name]);
}

function State({ run }: { run: ReportRun }) {
  if (run.status === 'failed')
    return (
      <Note tone="bad">
        <strong>{labels.failedTitle}.</strong> {run.reason}
      </Note>
    );
  if (run.status === 'expired') return <Note tone="warn">{labels.expired}</Note>;
  if (run.status === 'ready') return <Files run={run} />;
  return (
    <Section title={labels.progress}>
      <Progress
        label={run.status === 'requested' ? labels.waiting : labels.working(run.progress)}
        value={run.progress}
        isIndeterminate={run.status === 'requested'}
        valueText={`${run.progress} %`}
      />
    </Section>
  );
}

function About({ run }: { run: ReportRun }) {
  const nameOf = useNameOf();
  return (
    <Section title={labels.facts}>
      <Facts
        facts={[
          { label: labels.rows, value: formatNumber(run.rows) },
          { label: labels.asOf, value: formatMoment(run.as_of) },
          { label: labels.requestedAt, value: formatMoment(run.requested_at) },
          { label: labels.requestedBy, value: nameOf(run.requested_by) ?? labels.notOfTeam },
          { label: labels.took, value: run.seconds ? labels.seconds(run.seconds.toFixed(1)) : text.none },
          { label: labels.expires, value: formatMoment(run.expires_at) },
        ]}
      />
    </Section>
  );
}

function RevokeLinks({ runId, onClose }: { runId: string; onClose: () => void }) {
  const revoke = useRevokeLinks(() => {
    notify(labels.revoked);
    onClose();
  });
  return (
    <Confirm
      title={labels.revokeTitle}
      question={labels.revokeQuestion}
      action={labels.revoke}
      danger
      isOpen
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(runId)}
      onClose={onClose}
    />
  );
}
