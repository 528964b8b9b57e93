/** A value that can be copied. */
import { useState } from 'react';
import { announce, notify } from './announce';
import { Button } from './button';
import styles from './copy.module.css';
import { labels } from './labels';

export function CopyField({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const done = () => {
    setCopied(true);
    announce(labels.copied(label));
    setTimeout(() => setCopied(false), 2_000);
  };
  const copy = () => copyText(value).then(done, () => notify(labels.noCopying, 'bad'));
  return (
    <div className={styles.field}>
      <code className={styles.value}>{value}</code>
      <Button icon={copied ? 'check' : 'copy'} onPress={() => void copy()} aria-label={labels.copy(label)}>
        {copied ? labels.actions.copied : labels.actions.copy}
      </Button>
    </div>
  );
}

/** Browsers let pages copy only over https or on this machine, and people may forbid it. */
async function copyText(value: string): Promise<void> {
  await navigator.clipboard.writeText(value);
}
