/** For operators: says on every page for which partner they act, and lets them stop. */
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useActingPartner } from '../api/acting-partner';
import { switchPartner } from '../api/switch-partner';
import { useRights } from '../auth/me';
import { usePartnerName } from '../partners/queries';
import { text } from '../text/en';
import { announce } from '../ui/announce';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import styles from './acting-banner.module.css';
import { isPlatformPage } from './navigation';

const labels = text.shell.acting;

export function ActingBanner() {
  const { isOperator } = useRights();
  const acting = useActingPartner();
  return isOperator && acting ? <Banner partnerId={acting} /> : null;
}

function Banner({ partnerId }: { partnerId: string }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const name = usePartnerName(partnerId);
  useEffect(() => announce(labels.said(name)), [name]);
  const stop = () => {
    switchPartner(null);
    if (!isPlatformPage(pathname)) void navigate('/partners');
  };
  return (
    <section className={styles.banner} aria-label={labels.title}>
      <p>
        <Icon name="partners" />
        <span>
          {labels.lead} <strong>{name}</strong>. {labels.effect}
        </span>
      </p>
      <Button small onPress={stop}>
        {labels.stop}
      </Button>
    </section>
  );
}
