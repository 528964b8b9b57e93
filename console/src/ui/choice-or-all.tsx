/** A drop-down of a filter: one of several words, or all of them. */
import { labels } from './labels';
import { Select } from './select';

const ALL = 'all';

interface ChoiceOrAllProps {
  label: string;
  words: Record<string, string>;
  hints?: Record<string, string>;
  name?: string;
  compact?: boolean;
  /** What is chosen, where the page keeps it; else the form does. */
  value?: string | null;
  defaultValue?: string | undefined;
  onChange?: (value: string | undefined) => void;
}

export function ChoiceOrAll({ words, hints = {}, value, defaultValue, onChange, ...rest }: ChoiceOrAllProps) {
  const choices = [
    { value: ALL, label: labels.filters.all },
    ...Object.entries(words).map(([code, label]) => ({ value: code, label, hint: hints[code] })),
  ];
  return (
    <Select
      {...rest}
      choices={choices}
      {...(value === undefined ? { defaultValue: defaultValue ?? ALL } : { value: value ?? ALL })}
      onChange={(next) => onChange?.(chosen(next))}
    />
  );
}

/** What a form says was chosen; nothing where it is all of them. */
export function chosen(value: string | undefined): string | undefined {
  return value && value !== ALL ? value : undefined;
}
