/** For operators, and for people on several teams: which partner they act for. */
import { useActingPartner } from '../api/acting-partner';
import { switchPartner } from '../api/switch-partner';
import { useRights } from '../auth/me';
import { PartnerList } from '../partners/list';
import { usePartnerName } from '../partners/queries';
import { text } from '../text/en';
import { Page } from '../ui/page';
import styles from './partner-choice.module.css';

export function PartnerName() {
  const { me, isOperator } = useRights();
  const acting = useActingPartner();
  const name = usePartnerName(isOperator ? acting : null);
  if (!isOperator) {
    return (
      <div className={styles.name}>
        <p>{me.partner?.name}</p>
        {me.memberships.length > 1 && (
          <button type="button" className={styles.change} onClick={() => switchPartner(null)}>
            {text.shell.changePartner}
          </button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.name}>
      <p className={styles.label}>{text.shell.actingFor}</p>
      <p>{acting ? name : text.shell.noPartner}</p>
      {acting && (
        <button type="button" className={styles.change} onClick={() => switchPartner(null)}>
          {text.shell.changePartner}
        </button>
      )}
    </div>
  );
}

export function ChoosePartner() {
  return (
    <Page title={text.partners.choose} lead={text.partners.chooseLead}>
      <PartnerList onChoose={switchPartner} />
    </Page>
  );
}
