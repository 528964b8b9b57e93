/** Saved views of the accounts list: opening, keeping and deleting one. */
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button, TextLink } from '../ui/button';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Menu, type MenuAction } from '../ui/menu';
import styles from './list.module.css';
import { useViews, type View } from './views';

const labels = text.accounts.views;

export function SavedViews() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { views, save, remove } = useViews();
  const [isOpen, setOpen] = useState(false);
  const actions: MenuAction[] = [
    ...views.map((view) => ({
      id: `view:${view.name}`,
      label: view.name,
      onAction: () => void navigate(`/accounts?${view.query}`),
    })),
    { id: 'manage', label: labels.save, icon: 'add', onAction: () => setOpen(true) },
  ];
  return (
    <>
      <Menu small look="quiet" label={labels.manage} icon="chevron-down" actions={actions}>
        {labels.saved}
      </Menu>
      {isOpen && (
        <ViewsDialog
          query={params.toString()}
          views={views}
          onSave={save}
          onRemove={remove}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface ViewsDialogProps {
  query: string;
  views: View[];
  onSave: (view: View) => void;
  onRemove: (name: string) => void;
  onClose: () => void;
}

function ViewsDialog({ query, views, onSave, onRemove, onClose }: ViewsDialogProps) {
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
      {views.length > 0 && (
        <ul className={styles.list} aria-label={labels.manage}>
          {views.map((view) => (
            <li key={view.name}>
              <TextLink href={`/accounts?${view.query}`} onPress={onClose}>
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
      )}
    </FormDialog>
  );
}
