/** Form fields: a label, a control, a hint and the reason it was refused, tied together. */
import type { ReactNode } from 'react';
import {
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import { FieldError } from './field-error';
import styles from './fields.module.css';
import { Icon } from './icon';

interface FieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  label: string;
  hint?: ReactNode;
  type?: AriaTextFieldProps['type'] | 'date' | 'number';
  lines?: number;
  list?: string;
  min?: string | number;
  max?: string | number;
  width?: 'short' | 'full';
}

export function TextField({ label, hint, type = 'text', lines, list, min, max, width = 'full', ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} className={`${styles.field} ${styles[width]}`}>
      <Label className={styles.label}>
        {label}
        {rest.isRequired && <RequiredMark />}
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
      <FieldError />
    </AriaTextField>
  );
}

/** Beside the label of a field that must be filled in; those who listen hear it from the field itself. */
export function RequiredMark() {
  return <span className={styles.required} aria-hidden="true" />;
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
