/** For people on the teams of several partners: which one they act for. */
import type { Person } from '../api/types';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { Button } from '../ui/button';
import { Page } from '../ui/page';
import { chooseHere } from './partner-choice';
import styles from './membership-choice.module.css';

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
          {person.memberships.map((each) => (
            <li key={each.partner_id}>
              <Button look="primary" onPress={() => chooseHere(each.partner_id)}>
                {each.name}
              </Button>
              <span>{word(text.shell.roles, each.role)}</span>
            </li>
          ))}
        </ul>
      </Page>
    </main>
  );
}
