/** What the dialogs that change an account have in common. */
import type { Account } from '../api/types';
import { notify } from '../ui/announce';

export interface AccountDialogProps {
  account: Account;
  onClose: () => void;
}

/** Says that it is done, and closes. */
export function useNotifyDone(onClose: () => void) {
  return (message: string) => {
    notify(message);
    onClose();
  };
}
