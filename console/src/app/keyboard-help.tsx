/** All shortcuts in a dialog, and whether single keys are among them. */
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { Keys } from '../ui/keys';
import { SHORTCUT_IDS, useSingleKeys } from '../ui/shortcuts';
import { Switch } from '../ui/switch';
import styles from './keyboard-help.module.css';
import { chooseSingleKeys } from './preferences';

const labels = text.keyboard;

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const singleKeys = useSingleKeys();
  return (
    <Dialog title={labels.title} isOpen onClose={onClose}>
      <DialogBody>
        <dl className={styles.list}>
          {SHORTCUT_IDS.map((id) => (
            <div key={id}>
              <dt>{labels.shortcuts[id]}</dt>
              <dd>
                <Keys of={id} />
              </dd>
            </div>
          ))}
        </dl>
        <Switch label={labels.singleKeys} isOn={singleKeys} onChange={chooseSingleKeys} />
        <p className={styles.hint}>{labels.singleKeysHint}</p>
      </DialogBody>
      <DialogActions>
        <Button look="primary" onPress={onClose}>
          {text.actions.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
