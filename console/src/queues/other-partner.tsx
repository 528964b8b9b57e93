/** Says for whom one decides, where that is not the partner one acts for; and leads to the account. */
import { useNavigate } from 'react-router';
import { useActingPartner } from '../api/acting-partner';
import { switchPartner } from '../api/switch-partner';
import { usePartnerName } from '../partners/queries';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Note } from '../ui/page';

const labels = text.queues;

export function OtherPartnerNote({ partnerId }: { partnerId: string }) {
  const acting = useActingPartner();
  const [partner, actingPartner] = [usePartnerName(partnerId), usePartnerName(acting)];
  if (!acting || acting === partnerId) return null;
  return <Note tone="warn">{labels.otherPartner(partner, actingPartner)}</Note>;
}

export function OpenAccount({ partnerId, accountId }: { partnerId: string; accountId: string }) {
  const navigate = useNavigate();
  const acting = useActingPartner();
  const partner = usePartnerName(partnerId);
  const open = () => {
    if (acting !== partnerId) switchPartner(partnerId);
    void navigate(`/accounts/${accountId}`);
  };
  return (
    <Button icon="accounts" onPress={open}>
      {acting === partnerId ? labels.openAccount : labels.actAndOpen(partner)}
    </Button>
  );
}
