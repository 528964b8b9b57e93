/** The frame of a page: its title, what can be done on it, and its sections. */
import { type ReactNode, useEffect } from 'react';
import { TextLink } from './button';
import { Help, type Rule } from './help';
import { labels } from './labels';
import styles from './page.module.css';

interface PageProps {
  title: string;
  lead?: ReactNode;
  back?: { href: string; label: string };
  actions?: ReactNode;
  beside?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, back, actions, beside, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${labels.product}`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.titles}>
          {back && (
            <p className={styles.back}>
              <span aria-hidden="true">← </span>
              <TextLink href={back.href}>{back.label}</TextLink>
            </p>
          )}
          <div className={styles.titleLine}>
            <h1 tabIndex={-1}>{title}</h1>
            {beside}
          </div>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  /** The rule behind it. */
  help?: Rule;
  id?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, help, id, lead, actions, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title} id={id}>
      <div className={styles.sectionHeader}>
        <div>
          <div className={styles.titleLine}>
            <h2>{title}</h2>
            {help && <Help rule={help} />}
          </div>
          {lead && <p className={styles.sectionLead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

export function Columns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

export interface Fact {
  label: string;
  help?: Rule;
  value: ReactNode;
}

/** Labels with their values, as a description list. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>
            {fact.label}
            {fact.help && <Help rule={fact.help} />}
          </dt>
          <dd>{fact.value ?? labels.none}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Note({ tone = 'info', children }: { tone?: 'info' | 'warn' | 'bad' | 'good'; children: ReactNode }) {
  return <div className={`${styles.note} ${styles[tone]}`}>{children}</div>;
}

/** Links between the pages of one area. */
export function Tabs({
  label,
  items,
  current,
}: {
  label: string;
  items: { href: string; label: string }[];
  current: string;
}) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {items.map((item) => (
        <TabLink key={item.href} {...item} isCurrent={item.href === current} />
      ))}
    </nav>
  );
}

function TabLink({ href, label, isCurrent }: { href: string; label: string; isCurrent: boolean }) {
  return (
    <span className={isCurrent ? styles.tabCurrent : styles.tab}>
      <TextLink href={href} {...(isCurrent ? { 'aria-current': 'page' as const } : {})}>
        {label}
      </TextLink>
    </span>
  );
}
