/** For people on the teams of several partners: which one they act for. */

import { switchPartner } from '../api/switch-partner';
import type { Person } from '../api/types';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { Button } from '../ui/button';
import styles from '../ui/centered-page.module.css';
import { Page } from '../ui/page';

export function ChooseMembership({ person }: { person: Person }) {
  return (
    <main className={styles.main}>
      <Page
        title={text.memberships.title}
        lead={text.memberships.lead}
        actions={
          <Button look="quiet" onPress={() => void signOut()}>
            {text.shell.signOut}
          </Button>
        }
      >
        <ul className={styles.list} aria-label={text.memberships.title}>
          {person.memberships.map((membership) => (
            <li key={membership.partner_id}>
              <Button look="primary" onPress={() => switchPartner(membership.partner_id)}>
                {membership.name}
              </Button>
              <span>{word(text.shell.roles, membership.role)}</span>
            </li>
          ))}
        </ul>
      </Page>
    </main>
  );
}
