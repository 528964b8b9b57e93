/** One key for one intent. */
import { expect, it } from 'vitest';
import { Intent } from '../src/api/intent';

it('keeps its key while the same is sent again', () => {
  const intent = new Intent();
  expect(intent.keyFor({ plan: 'lite' })).toBe(intent.keyFor({ plan: 'lite' }));
});

it('takes another key for other content', () => {
  const intent = new Intent();
  expect(intent.keyFor({ plan: 'lite' })).not.toBe(intent.keyFor({ plan: 'premium' }));
});

it('takes another key for the same content once it has succeeded', () => {
  const intent = new Intent();
  const first = intent.keyFor('acct_1');
  intent.done();
  expect(intent.keyFor('acct_1')).not.toBe(first);
});
