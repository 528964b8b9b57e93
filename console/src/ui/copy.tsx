/** A value that can be copied. */
import { useState } from 'react';
import { announce, notify } from './announce';
import { text } from '../text/en';
import { Button } from './button';
import styles from './copy.module.css';

export function CopyField({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const done = () => {
    setCopied(true);
    announce(text.copied(label));
    setTimeout(() => setCopied(false), 2_000);
  };
  const copy = () => copyText(value).then(done, () => notify(text.problems.noCopying, 'bad'));
  return (
    <div className={styles.field}>
      <code className={styles.value}>
        {value}
      </code>
      <Button icon={copied ? 'check' : 'copy'} onPress={() => void copy()} aria-label={text.copy(label)}>
        {copied ? text.actions.copied : text.actions.copy}
      </Button>
    </div>
  );
}

/** Browsers let pages copy only over https or on this machine, and people may forbid it. */
async function copyText(value: string): Promise<void> {
  await navigator.clipboard.writeText(value);
}
