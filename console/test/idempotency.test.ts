/** One key for one intent. */
import { expect, it } from 'vitest';
import { IdempotencyKey } from '../src/api/idempotency';

it('keeps its key while the same is sent again', () => {
  const intent = new IdempotencyKey();
  expect(intent.keyFor({ plan: 'lite' })).toBe(intent.keyFor({ plan: 'lite' }));
});

it('takes another key for other content', () => {
  const intent = new IdempotencyKey();
  expect(intent.keyFor({ plan: 'lite' })).not.toBe(intent.keyFor({ plan: 'premium' }));
});

it('takes another key for the same content once it has succeeded', () => {
  const intent = new IdempotencyKey();
  const first = intent.keyFor('acct_1');
  intent.done();
  expect(intent.keyFor('acct_1')).not.toBe(first);
});
