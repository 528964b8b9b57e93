/** The SRP exchange: a server that knows only the verifier arrives at the same key. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clientSecret, sessionKey, timestamp } from '../src/auth/srp';
import { GENERATOR, modPow, PRIME, padded } from '../src/auth/srp-numbers';

const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const hash = (...parts: Uint8Array[]): bigint => number(createHash('sha256').update(Buffer.concat(parts)).digest());
const POOL = 'AbCdEf';
const ANA = 'ana';

/** Cognito's side, written from RFC 5054 with Node's own cryptography. */
function server(password: string, salt: bigint) {
  const identity = createHash('sha256').update(`${POOL}${ANA}:${password}`).digest();
  const verifier = modPow(GENERATOR, hash(padded(salt), identity), PRIME);
  const secret = number(randomBytes(128));
  const shared = (hash(padded(PRIME), padded(GENERATOR)) * verifier + modPow(GENERATOR, secret, PRIME)) % PRIME;
  const key = (clientShared: bigint): Buffer => {
    const u = hash(padded(clientShared), padded(shared));
    const common = modPow(clientShared * modPow(verifier, u, PRIME), secret, PRIME);
    const extracted = createHmac('sha256', padded(u)).update(padded(common)).digest();
    return createHmac('sha256', extracted).update('Caldera Derived Key\u0001').digest().subarray(0, 16);
  };
  return { shared, key };
}

async function bothKeys(password: string, typed: string): Promise<[string, string]> {
  const salt = number(randomBytes(16));
  const side = server(password, salt);
  const client = clientSecret();
  const key = await sessionKey({
    poolName: POOL,
    userId: ANA,
    password: typed,
    salt,
    serverShared: side.shared,
    client,
  });
  return [Buffer.from(key).toString('hex'), side.key(client.shared).toString('hex')];
}

describe('signing in by SRP', () => {
  it('arrives at the key of the server with the right password', async () => {
    const [client, server] = await bothKeys('Correct horse 1', 'Correct horse 1');
    expect(client).toBe(server);
  });

  it('arrives elsewhere with a wrong one', async () => {
    const [client, server] = await bothKeys('Correct horse 1', 'Correct horse 2');
    expect(client).not.toBe(server);
  });

  it('refuses a server number that would give every password the same key', async () => {
    const proof = {
      poolName: POOL,
      userId: ANA,
      password: 'x',
      salt: 1n,
      serverShared: PRIME * 2n,
      client: clientSecret(),
    };
    await expect(sessionKey(proof)).rejects.toThrow();
  });

  it('writes numbers with a zero before a first bit that is set', () => {
    expect([...padded(0x7fn)]).toEqual([0x7f]);
    expect([...padded(0x80n)]).toEqual([0, 0x80]);
    expect([...padded(0x100n)]).toEqual([1, 0]);
  });

  it('writes the time as Cognito reads it', () => {
    expect(timestamp(new Date('2026-11-01T09:05:07Z'))).toBe('Sun Nov 1 09:05:07 UTC 2026');
  });
});
