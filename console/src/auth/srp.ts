/** Signing in without sending the password: SRP-6a as Cognito speaks it, with BigInt and WebCrypto. */
import { config } from '../api/config';
import { type AuthAnswer, call, SignInError } from './cognito-call';
import {
  bytesOf,
  fromBase64,
  GENERATOR,
  hashOf,
  hmac,
  modPow,
  PRIME,
  padded,
  sha256,
  toBase64,
  utf8,
} from './srp-numbers';

const INFO = utf8('Caldera Derived Key\u0001');

export interface ClientSecret {
  secret: bigint;
  shared: bigint;
}

export function clientSecret(random: Uint8Array = crypto.getRandomValues(new Uint8Array(128))): ClientSecret {
  const secret = bytesOf.toNumber(random);
  return { secret, shared: modPow(GENERATOR, secret, PRIME) };
}

export interface Proof {
  poolName: string;
  userId: string;
  password: string;
  salt: bigint;
  serverShared: bigint;
  client: ClientSecret;
}

/** The key both sides arrive at when the password is right. */
export async function sessionKey({
  poolName,
  userId,
  password,
  salt,
  serverShared,
  client,
}: Proof): Promise<Uint8Array<ArrayBuffer>> {
  if (serverShared % PRIME === 0n) throw new SignInError('challenge');
  const u = await hashOf(padded(client.shared), padded(serverShared));
  const k = await hashOf(padded(PRIME), padded(GENERATOR));
  const identity = await sha256(utf8(`${poolName}${userId}:${password}`));
  const x = await hashOf(padded(salt), identity);
  const base = (((serverShared - k * modPow(GENERATOR, x, PRIME)) % PRIME) + PRIME) % PRIME;
  const shared = modPow(base, client.secret + u * x, PRIME);
  const extracted = await hmac(padded(u), padded(shared));
  return (await hmac(extracted, INFO)).slice(0, 16);
}

/** Cognito wants its own date form, always in English and UTC: `Sun Nov 1 09:05:00 UTC 2026`. */
export function timestamp(now: Date): string {
  const [, day, month, year, time] = /^(?:\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${now.toUTCString().slice(0, 3)} ${month} ${Number(day)} ${time} UTC ${year}`;
}

export async function signInBySrp(username: string, password: string): Promise<AuthAnswer> {
  const client = clientSecret();
  const started = await call('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: config().client_id,
    AuthParameters: { USERNAME: username, SRP_A: client.shared.toString(16) },
  });
  return call('RespondToAuthChallenge', {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId: config().client_id,
    Session: started.Session,
    ChallengeResponses: await answerTo(started.ChallengeParameters ?? {}, password, client),
  });
}

async function answerTo(
  challenge: Record<string, string>,
  password: string,
  client: ClientSecret,
): Promise<Record<string, string>> {
  const {
    USER_ID_FOR_SRP: userId = '',
    SALT: salt = '0',
    SRP_B: serverShared = '0',
    SECRET_BLOCK: block = '',
  } = challenge;
  const poolName = config().user_pool_id.split('_').pop() ?? '';
  const key = await sessionKey({
    poolName,
    userId,
    password,
    salt: BigInt(`0x${salt}`),
    serverShared: BigInt(`0x${serverShared}`),
    client,
  });
  const now = timestamp(new Date());
  const signature = await hmac(key, utf8(poolName), utf8(userId), fromBase64(block), utf8(now));
  return {
    USERNAME: userId,
    PASSWORD_CLAIM_SECRET_BLOCK: block,
    PASSWORD_CLAIM_SIGNATURE: toBase64(signature),
    TIMESTAMP: now,
  };
}
