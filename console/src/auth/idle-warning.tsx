/** Warns a minute before a session that nobody uses ends, and ends it. */
import { useEffect, useRef, useState } from 'react';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { type Idle, watchInput } from './idle';
import { endIdle, signOut } from './session';

export function IdleWarning({ subject, limit }: { subject: string; limit: number }) {
  const idle = useRef<Idle | null>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const watched = watchInput({ subject, limit, onWarning: setShown, onEnd: endIdle });
    idle.current = watched;
    return watched.stop;
  }, [subject, limit]);
  return (
    <Dialog title={text.signIn.idleTitle} isOpen={isShown} isAlert mustAnswer onClose={() => undefined}>
      <DialogBody>
        <p>{text.signIn.idle}</p>
      </DialogBody>
      <DialogActions>
        <Button look="quiet" onPress={() => void signOut()}>
          {text.shell.signOut}
        </Button>
        <Button look="primary" autoFocus onPress={() => idle.current?.stay()}>
          {text.signIn.idleStay}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
