/** The HTML file of a run, shown in a frame that can run nothing and reach nothing. */
import { useRef } from 'react';
import { text, word } from '../text/en';
import { Loaded } from '../ui/states';
import { type ReportRun, usePreview } from './queries';
import styles from './reports.module.css';

const labels = text.reports.details;

export function Preview({ run, format }: { run: ReportRun; format: string }) {
  const page = usePreview(run.report_run_id, format);
  return (
    <Loaded query={page} lines={5}>
      {(data) => <Frame title={labels.previewTitle(word(text.words.report, run.report))} {...data} />}
    </Loaded>
  );
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
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={title}
      sandbox="allow-same-origin"
      srcDoc={html}
      onLoad={dress}
    />
  );
}
