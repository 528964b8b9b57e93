/** An uploaded file before its import is started: how its dates are read, and its first rows as they will be. */
import { useState } from 'react';
import { explain } from '../api/problem';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { RadioGroup } from '../ui/choices';
import { Note, Section } from '../ui/page';
import { Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { chosenFormat, rowProblem } from './date-formats';
import styles from './imports.module.css';
import { type DateFormat, type Import, type Preview, type PreviewRow, usePreview, useStartImport } from './queries';

const labels = text.imports;
const FORMATS: DateFormat[] = ['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY'];

/** Nothing is chosen for whoever uploads where the dates fit several formats. */
export function BeforeStart({ of }: { of: Import }) {
  const [picked, setPicked] = useState<DateFormat | null>(null);
  const previewQuery = usePreview(of.import_id, picked);
  const start = useStartImport();
  const format = previewQuery.data ? chosenFormat(of.kind, picked, previewQuery.data.date_formats) : null;
  return (
    <Section title={labels.preview} lead={labels.previewLead}>
      <Loaded query={previewQuery} lines={4}>
        {(preview) => (
          <>
            <p className={styles.soft}>
              {labels.understood(
                preview.understood.delimiter,
                preview.understood.encoding,
                preview.understood.columns.length,
              )}
            </p>
            {of.kind === 'portfolio' && (
              <RadioGroup
                stacked
                label={labels.dateFormat}
                value={format ?? ''}
                onChange={(value) => setPicked(value as DateFormat)}
                choices={FORMATS.map((value) => ({ value, label: value, hint: labels.dateExamples[value] }))}
              />
            )}
            {format === null && <Note>{labels.ambiguous}</Note>}
            {preview.rows.length === 0 ? <Note tone="bad">{labels.noRows}</Note> : <Rows preview={preview} />}
            {isAllWrong(preview) && <Note tone="bad">{labels.allWrong}</Note>}
            <Button
              look="primary"
              isDisabled={format === null || preview.rows.length === 0 || isAllWrong(preview)}
              isPending={start.isPending}
              onPress={() =>
                format &&
                start.mutate(
                  { importId: of.import_id, dateFormat: format },
                  { onError: (error) => notify(explain(error).detail, 'bad') },
                )
              }
            >
              {labels.startNow}
            </Button>
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** Whether none of the rows that are shown can be imported: the rest will hardly be better. */
function isAllWrong({ rows }: Preview): boolean {
  return rows.length > 0 && rows.every((row) => row.problems.length > 0);
}

function Rows({ preview }: { preview: Preview }) {
  const columns: Column<PreviewRow>[] = [
    { id: 'line', header: labels.rejectedColumns.line, width: 72, isTitle: true, cell: (row) => row.line },
    {
      id: 'problems',
      header: labels.rejectedColumns.reason,
      width: 320,
      cell: (row) => rowProblem(row) || labels.readable,
    },
    ...preview.understood.columns.map(
      (name): Column<PreviewRow> => ({
        id: name,
        header: name,
        width: 152,
        cell: (row) => row.values[name] || text.none,
      }),
    ),
  ];
  return <DataTable label={labels.preview} columns={columns} rows={preview.rows} keyOf={(row) => String(row.line)} />;
}
