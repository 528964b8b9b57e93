/** How the list is looked at: which columns, and which saved view. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { CheckGroup } from '../ui/choices';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { COLUMNS, chosenColumns, STANDARD_COLUMNS, writeColumns } from './columns';
import styles from './list.module.css';
import { SavedViews } from './saved-views';

export function ViewTools() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.tools}>
      <Button small look="quiet" icon="columns" onPress={() => setOpen(true)}>
        {text.accounts.columns.label}
      </Button>
      <SavedViews />
      {isOpen && <ChooseColumns onClose={() => setOpen(false)} />}
    </div>
  );
}

function ChooseColumns({ onClose }: { onClose: () => void }) {
  const [params, setParams] = useSearchParams();
  const choices = COLUMNS.filter((column) => !column.isTitle).map((column) => ({
    value: column.id,
    label: column.header,
  }));
  const chosen = chosenColumns(params);
  const set = (ids: string[]) =>
    setParams(
      writeColumns(
        params,
        COLUMNS.map((column) => column.id).filter((id) => id === 'organization' || ids.includes(id)),
      ),
      { replace: true },
    );
  return (
    <Dialog title={text.accounts.columns.choose} isOpen onClose={onClose}>
      <DialogBody>
        <CheckGroup label={text.accounts.columns.label} choices={choices} value={chosen} onChange={set} />
      </DialogBody>
      <DialogActions>
        <Button onPress={() => set(STANDARD_COLUMNS)}>{text.accounts.columns.standard}</Button>
        <Button look="primary" onPress={onClose}>
          {text.actions.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
