/** A switch that moves when the server has answered, and says why when it may not. */
import { useId } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './switch.module.css';

interface SwitchProps {
  label: string;
  isOn: boolean;
  isPending?: boolean;
  pendingText?: string;
  /** Why it cannot be switched; the switch then stays as it is. */
  reason?: string | undefined;
  onChange: (on: boolean) => void;
}

export function Switch({ label, isOn, isPending, pendingText, reason, onChange }: SwitchProps) {
  const id = useId();
  const note = isPending ? pendingText : reason;
  return (
    <div className={styles.wrap}>
      <AriaSwitch
        className={styles.switch}
        isSelected={isOn}
        isReadOnly={Boolean(isPending)}
        isDisabled={Boolean(reason)}
        onChange={onChange}
        {...(note ? { 'aria-describedby': id } : {})}
        data-pending={isPending || undefined}
      >
        <span className={styles.track} aria-hidden="true">
          <span className={styles.knob} />
        </span>
        <span className={styles.label}>{label}</span>
      </AriaSwitch>
      {note && (
        <p id={id} className={styles.note}>
          {note}
        </p>
      )}
    </div>
  );
}
