/** Asks before what was entered is thrown away. */

import { Confirm } from './dialog';
import { labels } from './labels';

interface UnsavedGuardProps {
  isOpen: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export function UnsavedGuard({ isOpen, onLeave, onStay }: UnsavedGuardProps) {
  return (
    <Confirm
      title={labels.unsaved.title}
      question={labels.unsaved.question}
      action={labels.unsaved.action}
      cancel={labels.unsaved.stay}
      danger
      isOpen={isOpen}
      onConfirm={onLeave}
      onClose={onStay}
    />
  );
}
