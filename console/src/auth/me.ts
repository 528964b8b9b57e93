/** Who is signed in, for which partner, in which role, and what that lets them do. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useActingPartner } from '../api/acting-partner';
import { setServerTime } from '../api/business-day';
import { api, unwrap } from '../api/client';
import type { components, operations } from '../api/schema';
import type { Me, Person } from '../api/types';
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
  setServerTime(me.now);
  setTimeZone(me.partner?.time_zone ?? 'UTC');
  return me;
}

/** Whether it is settled in which role somebody acts. */
export const hasRole = (person: Person): person is Me => person.role !== null;

export const MeContext = createContext<Me | null>(null);

/** What somebody may do: an operation of the API by its `operationId`, or what only a bulk operation does. */
export type Operation = keyof operations | components['schemas']['NewBulkOperation']['operation'];

export interface Rights {
  me: Me;
  /** Whether the API lets this person do that, as it says itself. */
  can: (operation: Operation) => boolean;
  /** Staff of the platform: belongs to no partner and chooses for which it acts. */
  isOperator: boolean;
}

const rightsByPerson = new WeakMap<Me, Rights>();

/** The same rights for the same answer: every row of a list asks for them. */
export function rightsOf(me: Me): Rights {
  const rights = rightsByPerson.get(me) ?? newRights(me);
  rightsByPerson.set(me, rights);
  return rights;
}

function newRights(me: Me): Rights {
  const allowed = new Set<string>(me.operations);
  return { me, can: (operation) => allowed.has(operation), isOperator: me.role === 'operator' };
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
