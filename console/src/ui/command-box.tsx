/** A field that finds things to go to or to do: a combobox with its list open beneath it, in groups. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './command-box.module.css';
import { Icon, type IconName } from './icon';
import { labels } from './labels';

export interface CommandOption {
  id: string;
  label: string;
  icon: IconName;
  /** What stands at its end, such as a status. */
  detail?: ReactNode;
}

export interface CommandGroup {
  label: string;
  options: CommandOption[];
}

interface CommandBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  groups: CommandGroup[];
  /** What stands beneath the list: that more is on its way, or that there is nothing. */
  status: ReactNode;
  onChoose: (id: string, inNewTab: boolean) => void;
}

export function CommandBox({ label, placeholder, value, onChange, groups, status, onChoose }: CommandBoxProps) {
  const id = useId();
  const options = groups.flatMap((group) => group.options);
  const [picked, setActive] = useState<string | null>(null);
  const active = options.find((option) => option.id === picked) ?? options[0];
  useInView(active && optionId(id, active.id));
  const move = (step: number) => {
    const from = options.findIndex((option) => option.id === active?.id);
    setActive(options[(from + step + options.length) % options.length]?.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 && event.key !== 'Enter') return;
    event.preventDefault();
    if (step !== 0) move(step);
    else if (active && !event.nativeEvent.isComposing) onChoose(active.id, event.ctrlKey || event.metaKey);
  };
  return (
    <div className={styles.box}>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          className={styles.input}
          role="combobox"
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(id, active.id)}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: what opens it asks for this field
          autoFocus
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label={label} tabIndex={-1}>
        {groups.map((group) => (
          <Group key={group.label} id={id} group={group} active={active?.id} onPoint={setActive} onChoose={onChoose} />
        ))}
      </div>
      <p className={styles.status}>{status}</p>
      <p role="status" className="visually-hidden">
        {labels.commands.found(options.length)}
      </p>
    </div>
  );
}

const optionId = (id: string, option: string): string => `${id}-${option}`;

/** Keeps the active option where it can be seen. */
function useInView(elementId: string | undefined): void {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (elementId && elementId !== before.current)
      document.getElementById(elementId)?.scrollIntoView({ block: 'nearest' });
    before.current = elementId;
  }, [elementId]);
}

interface GroupProps {
  id: string;
  group: CommandGroup;
  active: string | undefined;
  onPoint: (id: string) => void;
  onChoose: CommandBoxProps['onChoose'];
}

function Group({ id, group, active, onPoint, onChoose }: GroupProps) {
  const labelId = `${id}-${group.label}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div role="group" aria-labelledby={labelId}>
      <p id={labelId} className={styles.groupLabel} role="presentation">
        {group.label}
      </p>
      {group.options.map((option) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: the combobox names it as its active descendant
        <div
          key={option.id}
          id={optionId(id, option.id)}
          role="option"
          aria-selected={option.id === active}
          className={styles.option}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => onPoint(option.id)}
          onClick={(event) => onChoose(option.id, event.ctrlKey || event.metaKey)}
        >
          <Icon name={option.icon} />
          <span className={styles.label}>{option.label}</span>
          {option.detail && <span className={styles.detail}>{option.detail}</span>}
        </div>
      ))}
    </div>
  );
}
