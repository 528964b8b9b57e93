/** Who is signed in, for which partner, in which role, and what that lets them do. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useActingPartner } from '../api/acting-partner';
import { api, unwrap } from '../api/client';
import type { Me, Person, Role } from '../api/types';
import { setTimeZone } from '../text/format';
import { setCurrencyDigits } from '../text/money';

export function useMe(enabled: boolean) {
  return useQuery({
    queryKey: ['me', useActingPartner()],
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    queryFn: loadMe,
  });
}

async function loadMe(): Promise<Person> {
  const me = await unwrap(api().GET('/me'));
  setCurrencyDigits(me.currency_digits);
  setTimeZone(me.partner?.time_zone ?? 'UTC');
  return me;
}

/** Whether it is settled in which role somebody acts. */
export const hasRole = (person: Person): person is Me => person.role !== null;

export const MeContext = createContext<Me | null>(null);

export interface Rights {
  me: Me;
  /** Accounts, add-ons, invites, service requests. */
  canManage: boolean;
  /** Settings and team. */
  canAdminister: boolean;
  isOperator: boolean;
}

const MANAGING: Role[] = ['partner_admin', 'partner_manager', 'operator'];
const ADMINISTERING: Role[] = ['partner_admin', 'operator'];

export function rightsOf(me: Me): Rights {
  return {
    me,
    canManage: MANAGING.includes(me.role),
    canAdminister: ADMINISTERING.includes(me.role),
    isOperator: me.role === 'operator',
  };
}

export function useRights(): Rights {
  const me = useContext(MeContext);
  if (!me) throw new Error('Nobody is signed in here.');
  return rightsOf(me);
}

/** What the partner's amounts are in. */
export function useCurrency(): string {
  return useRights().me.partner?.currency ?? 'USD';
}
