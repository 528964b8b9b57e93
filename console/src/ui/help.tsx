/** A question mark beside a rule, which opens what the rule says. */
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import styles from './help.module.css';
import { Icon } from './icon';
import { labels } from './labels';

export interface Rule {
  title: string;
  /** Each sentence or two of it by itself. */
  body: readonly string[];
}

export function Help({ rule }: { rule: Rule }) {
  return (
    <DialogTrigger>
      <Button className={styles.button} aria-label={labels.help(rule.title)}>
        <Icon name="help" size={16} />
      </Button>
      <Popover className={styles.popover} placement="bottom start">
        <Dialog className={styles.dialog}>
          <Heading slot="title" level={2} className={styles.title}>
            {rule.title}
          </Heading>
          {rule.body.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
