/** Imports: those that were made, and a new one. */
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment, formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { RadioGroup } from '../ui/choices';
import { FormDialog } from '../ui/form-dialog';
import { Page } from '../ui/page';
import { saveText } from '../ui/save-text';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { useOverlay } from '../ui/use-overlay';
import styles from './imports.module.css';
import { type Import, type ImportKind, type ImportStatus, importTemplate, useImports, useNewImport } from './queries';

const labels = text.imports;
export const TONES: Record<ImportStatus, Tone> = { created: 'quiet', running: 'info', done: 'good', failed: 'bad' };

const number = (id: 'rows' | 'created' | 'adjusted' | 'unchanged' | 'rejected'): Column<Import> => ({
  id,
  header: labels.columns[id],
  width: 88,
  align: 'end',
  cell: (row) => formatNumber(row[id]),
});

const COLUMNS: Column<Import>[] = [
  {
    id: 'kind',
    header: labels.columns.file,
    width: 196,
    isTitle: true,
    cell: (row) => (
      <Link className={styles.name} to={`/imports/${row.import_id}`}>
        {word(labels.kinds, row.kind)}
      </Link>
    ),
  },
  {
    id: 'status',
    header: labels.columns.status,
    width: 128,
    cell: (row) => <Badge tone={TONES[row.status]}>{labels.states[row.status]}</Badge>,
  },
  number('rows'),
  number('created'),
  number('adjusted'),
  number('unchanged'),
  number('rejected'),
  { id: 'at', header: labels.columns.at, width: 176, cell: (row) => formatMoment(row.started_at ?? row.created_at) },
];

export function ImportsPage() {
  const { can, isOperator } = useRights();
  const imports = useImports();
  const [isOpen, setOpen] = useOverlay('new');
  return (
    <Page
      title={labels.title}
      lead={isOperator ? labels.leadOperator : labels.lead}
      actions={
        can('create_import') && (
          <Button look="primary" icon="imports" onPress={() => setOpen(true)}>
            {labels.new}
          </Button>
        )
      }
    >
      <Loaded query={imports}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              title={labels.emptyTitle}
              action={can('create_import') && <Button onPress={() => setOpen(true)}>{labels.new}</Button>}
            >
              {labels.emptyDetail}
            </Empty>
          ) : (
            <DataTable label={labels.title} columns={COLUMNS} rows={rows} keyOf={(row) => row.import_id} />
          )
        }
      </Loaded>
      {isOpen && can('create_import') && <NewImportDialog onClose={() => setOpen(false)} />}
    </Page>
  );
}

function NewImportDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { isOperator } = useRights();
  const kinds: ImportKind[] = isOperator ? ['managed-accounts', 'portfolio'] : ['managed-accounts'];
  const [kind, setKind] = useState<ImportKind>(isOperator ? 'portfolio' : 'managed-accounts');
  const [file, setFile] = useState<File | null>(null);
  const bring = useNewImport((importId) => {
    notify(labels.uploaded);
    void navigate(`/imports/${importId}`);
  });
  return (
    <FormDialog
      title={labels.new}
      submit={bring.isPending ? labels.uploading : labels.submit}
      error={bring.error}
      isPending={bring.isPending}
      isBlocked={file === null}
      onSubmit={() => file && bring.mutate({ kind, file })}
      onClose={onClose}
    >
      <RadioGroup
        stacked
        label={labels.kind}
        value={kind}
        onChange={(value) => setKind(value as ImportKind)}
        choices={kinds.map((value) => ({ value, label: labels.kinds[value], hint: labels.kindHints[value] }))}
      />
      <p>
        <Button small icon="download" onPress={() => void template(kind)}>
          {labels.template}
        </Button>{' '}
        {labels.templateHint}
      </p>
      <label className={styles.file}>
        <span>{labels.file}</span>
        <input type="file" accept=".csv,text/csv" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        <small>{labels.fileHint}</small>
      </label>
    </FormDialog>
  );
}

async function template(kind: ImportKind): Promise<void> {
  try {
    saveText(`${kind}.csv`, await importTemplate(kind));
  } catch (error) {
    notify(explain(error).detail, 'bad');
  }
}
