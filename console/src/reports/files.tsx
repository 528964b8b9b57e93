/** The files of a run: downloading each, and a look at the HTML one. */
import { useState } from 'react';
import { explain } from '../api/problem';
import { text, word } from '../text/en';
import { formatBytes, formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Note, Section } from '../ui/page';
import { Preview } from './preview';
import { downloadUrl, type ReportFile, type ReportRun } from './queries';
import styles from './reports.module.css';

const labels = text.reports.details;

export function Files({ run }: { run: ReportRun }) {
  const [previewed, setPreviewed] = useState<string | null>(null);
  return (
    <Section title={labels.files}>
      <ul className={styles.files}>
        {run.files.map((file) => (
          <FileRow
            key={file.format}
            run={run}
            file={file}
            onPreview={() => setPreviewed(previewed ? null : file.format)}
            isPreviewed={previewed === file.format}
          />
        ))}
      </ul>
      {previewed && <Preview run={run} format={previewed} />}
      {run.notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      {Boolean(run.missing_glyphs) && <Note tone="warn">{labels.glyphs(formatNumber(run.missing_glyphs))}</Note>}
    </Section>
  );
}

interface FileRowProps {
  run: ReportRun;
  file: ReportFile;
  isPreviewed: boolean;
  onPreview: () => void;
}

function FileRow({ run, file, isPreviewed, onPreview }: FileRowProps) {
  const format = word(text.words.format, file.format);
  const [isPending, setPending] = useState(false);
  const download = async () => {
    setPending(true);
    try {
      window.location.assign(await downloadUrl(run.report_run_id, file.format));
    } catch (error) {
      notify(explain(error).detail, 'bad');
    } finally {
      setPending(false);
    }
  };
  return (
    <li>
      <span className={styles.fileName}>{file.name}</span>
      <span className={styles.fileSize}>{formatBytes(file.bytes)}</span>
      {file.format === 'html' && (
        <Button small onPress={onPreview} aria-expanded={isPreviewed}>
          {isPreviewed ? labels.closePreview : labels.preview}
        </Button>
      )}
      <Button small look="primary" icon="download" isPending={isPending} onPress={() => void download()}>
        {labels.download(format)}
      </Button>
    </li>
  );
}
