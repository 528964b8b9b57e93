/** Form fields: a label, a control, a hint and the reason it was refused, tied together. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import {
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import { flushSync } from 'react-dom';
import { useDraft } from './draft';
import { DraftNote, describedBy } from './draft-note';
import { FieldError } from './field-error';
import styles from './fields.module.css';
import { Icon } from './icon';
import { RequiredMark } from './required-mark';
import { tidyUrl } from './tidy';

interface FieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  label: string;
  hint?: ReactNode;
  type?: AriaTextFieldProps['type'] | 'date' | 'number';
  lines?: number;
  list?: string;
  min?: string | number;
  max?: string | number;
  width?: 'short' | 'full';
  /** What its pattern asks for, said where something else was entered. */
  format?: string;
  /** Puts right what was typed, as the field is left. */
  tidy?: (typed: string) => string;
}

const TIDY: Partial<Record<string, (typed: string) => string>> = { url: tidyUrl, email: (typed) => typed.trim() };

export function TextField(props: FieldProps) {
  const {
    label,
    hint,
    type = 'text',
    lines,
    list,
    min,
    max,
    width = 'full',
    format,
    tidy = TIDY[type],
    ...rest
  } = props;
  const { value, defaultValue = '', onChange, onBlur, onKeyDown, ...field } = rest;
  const noteId = useId();
  const draft = useDraft(defaultValue);
  const held = value ?? draft.value;
  const change = (next: string) => {
    if (value === undefined) draft.change(next);
    onChange?.(next);
  };
  const finish = () => {
    const tidied = tidy?.(held) ?? held;
    if (tidied !== held) flushSync(() => change(tidied));
  };
  const place = useBeforeChange(finish);
  return (
    <AriaTextField
      ref={place}
      {...field}
      {...describedBy(draft, noteId)}
      value={held}
      onChange={change}
      onBlur={(event) => {
        finish();
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (onKeyDown) onKeyDown(event);
        // What listens to a key keeps it for itself unless it says so: Escape is for the dialog around the field.
        else event.continuePropagation();
      }}
      className={`${styles.field} ${styles[width]}`}
    >
      <Label className={styles.label}>
        {label}
        {field.isRequired && <RequiredMark />}
      </Label>
      {lines ? (
        <TextArea className={styles.input} rows={lines} />
      ) : (
        <Input className={styles.input} type={type} list={list} min={min} max={max} />
      )}
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <DraftNote id={noteId} draft={draft} show={(text) => text.replaceAll('\n', ', ')} />
      <FieldError expected={{ type, format, min, max, minLength: field.minLength }} />
    </AriaTextField>
  );
}

/** Runs before the field is judged: an error that is put right at once would push away what is being clicked. */
function useBeforeChange(run: () => void) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const element = place.current;
    const tidy = () => latest.current();
    element?.addEventListener('change', tidy, true);
    return () => element?.removeEventListener('change', tidy, true);
  }, []);
  return place;
}

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchField({ label, placeholder, value, onChange }: SearchProps) {
  return (
    <AriaSearchField className={styles.search} aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input placeholder={placeholder} className={styles.searchInput} />
    </AriaSearchField>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

export function FieldGroup({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{title}</legend>
      {lead && <p className={styles.hint}>{lead}</p>}
      {children}
    </fieldset>
  );
}
