/** The HTML file of a run, shown in a frame that can run nothing and reach nothing. */
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { text, word } from '../text/en';
import { Note } from '../ui/page';
import { Skeleton } from '../ui/states';
import { splitStyles } from './preview-html';
import { downloadUrl, type ReportRun } from './queries';
import styles from './reports.module.css';

const labels = text.reports.details;

export function Preview({ run, format }: { run: ReportRun; format: string }) {
  const page = useQuery({
    queryKey: ['reports', 'preview', run.report_run_id],
    queryFn: async () => {
      const answer = await fetch(await downloadUrl(run.report_run_id, format));
      if (!answer.ok) throw new Error(labels.previewFailed);
      return splitStyles(await answer.text());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (page.error) return <Note tone="bad">{labels.previewFailed}</Note>;
  if (!page.data) return <Skeleton lines={5} />;
  return <Frame title={labels.previewTitle(word(text.words.report, run.report))} {...page.data} />;
}

/**
 * The frame inherits our Content-Security-Policy, which knows no inline styles: the report's own are put in as a
 * constructed sheet. Without `allow-scripts` nothing in it can run.
 */
function Frame({ title, html, css }: { title: string; html: string; css: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const dress = () => {
    const page = frame.current?.contentWindow as (Window & typeof globalThis) | null;
    if (!page) return;
    const sheet = new page.CSSStyleSheet();
    sheet.replaceSync(css);
    page.document.adoptedStyleSheets = [sheet];
  };
  return <iframe ref={frame} className={styles.frame} title={title} sandbox="allow-same-origin" srcDoc={html} onLoad={dress} />;
}
