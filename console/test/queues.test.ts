/** The place in a queue, and who comes after a decision. */
import { expect, it } from 'vitest';
import { following, placeIn } from '../src/queues/place';

const QUEUE = ['first', 'second', 'third'];
const placeOf = (name: string) => placeIn(QUEUE, (row) => row === name);

it('knows what comes before and after', () => {
  expect(placeOf('second')).toEqual({ position: 2, total: 3, previous: 'first', next: 'third' });
  expect(placeOf('first')).toEqual({ position: 1, total: 3, next: 'second' });
});

it('has no place for what is not in the queue any more', () => {
  expect(placeOf('decided')).toBeNull();
});

it('goes on with the next, after the last with the one before, and with nobody at the end', () => {
  expect(following(placeOf('first'))).toBe('second');
  expect(following(placeOf('third'))).toBe('second');
  expect(following(placeIn(['only'], () => true))).toBeUndefined();
  expect(following(null)).toBeUndefined();
});
