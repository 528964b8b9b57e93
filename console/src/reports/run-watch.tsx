/** Tells on every page that a report is ready which was asked for here; its own page says so itself. */
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { text, word } from '../text/en';
import { notify } from '../ui/announce';
import { isUnderWay, useRun } from './queries';
import { forgetRun, forgetRuns, useWatchedRuns } from './watched-runs';

const labels = text.reports;

export function RunWatch() {
  const watched = useWatchedRuns();
  useEffect(() => forgetRuns, []);
  return watched.map((runId) => <Watch key={runId} runId={runId} />);
}

function Watch({ runId }: { runId: string }) {
  const { pathname } = useLocation();
  const { data: run, isError } = useRun(runId);
  const href = `/reports/${runId}`;
  const isShown = pathname === href;
  const isOver = isError || (run !== undefined && !isUnderWay(run.status));
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when it is over, whatever page is open then
  useEffect(() => {
    if (!isOver) return;
    forgetRun(runId);
    if (!run || isShown) return;
    const name = word(text.words.report, run.report);
    if (run.status === 'ready') notify(labels.ready(name), 'good', { href, label: labels.open });
    if (run.status === 'failed') notify(labels.failed(name), 'bad', { href, label: labels.open });
  }, [isOver, runId]);
  return null;
}
