/** Saved views of the accounts list: opening, keeping and deleting one. */
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button, TextLink } from '../ui/button';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import styles from './list.module.css';
import { withPanel } from './panel-place';
import { useViews, type View } from './views';

const labels = text.accounts.views;

export function SavedViews() {
  const [params] = useSearchParams();
  const { views, save, remove } = useViews();
  const [isListed, setListed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DialogTrigger isOpen={isListed} onOpenChange={setListed}>
        <Button small look="quiet" icon="chevron-down">
          {labels.saved}
        </Button>
        <Popover className={styles.views} placement="bottom end">
          <Dialog className={styles.viewsList} aria-label={labels.manage}>
            <ViewsList views={views} onOpen={() => setListed(false)} onRemove={remove} />
            <Button
              small
              icon="add"
              onPress={() => {
                setListed(false);
                setOpen(true);
              }}
            >
              {labels.save}
            </Button>
          </Dialog>
        </Popover>
      </DialogTrigger>
      {isOpen && <SaveDialog query={withPanel(params, null).toString()} onSave={save} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ViewsListProps {
  views: View[];
  onOpen: () => void;
  onRemove: (name: string) => void;
}

/** Each view opens by its name, and is deleted beside it. */
function ViewsList({ views, onOpen, onRemove }: ViewsListProps) {
  if (views.length === 0) return <p className={styles.note}>{labels.none}</p>;
  return (
    <ul aria-label={labels.manage}>
      {views.map((view) => (
        <li key={view.name} className={styles.view}>
          <TextLink href={`/accounts?${view.query}`} onPress={onOpen}>
            {view.name}
          </TextLink>
          <Button
            look="quiet"
            small
            icon="trash"
            aria-label={labels.remove(view.name)}
            onPress={() => onRemove(view.name)}
          />
        </li>
      ))}
    </ul>
  );
}

interface SaveDialogProps {
  query: string;
  onSave: (view: View) => void;
  onClose: () => void;
}

function SaveDialog({ query, onSave, onClose }: SaveDialogProps) {
  const keep = (name: string) => {
    onSave({ name, query });
    notify(text.actions.saved);
    onClose();
  };
  return (
    <FormDialog
      title={labels.save}
      submit={text.actions.save}
      onSubmit={(values) => keep(values.name ?? '')}
      onClose={onClose}
    >
      <TextField name="name" label={labels.name} hint={labels.hint} maxLength={60} isRequired autoFocus />
    </FormDialog>
  );
}
