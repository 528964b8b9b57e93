/** Asks before what was entered is thrown away. */
import { text } from '../text/en';
import { Confirm } from './dialog';

interface AskToLeaveProps {
  isOpen: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export function AskToLeave({ isOpen, onLeave, onStay }: AskToLeaveProps) {
  return (
    <Confirm
      title={text.leave.title}
      question={text.leave.question}
      action={text.leave.action}
      cancel={text.leave.stay}
      danger
      isOpen={isOpen}
      onConfirm={onLeave}
      onClose={onStay}
    />
  );
}
