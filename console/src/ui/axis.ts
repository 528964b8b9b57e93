/** The axis of a chart: a round number above the largest value, and the lines between. */
export interface Axis {
  max: number;
  ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** An axis of whole numbers from 0, with two to four round intervals, whose top is not below the largest value. */
export function axisFor(largest: number): Axis {
  const step = roundStep(largest / 4);
  const intervals = Math.max(1, Math.ceil(largest / step));
  return { max: step * intervals, ticks: Array.from({ length: intervals + 1 }, (_, index) => index * step) };
}

function roundStep(least: number): number {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  const step = STEPS.map((factor) => factor * size).find((value) => value >= least && Number.isInteger(value));
  return step ?? 10 * size;
}
