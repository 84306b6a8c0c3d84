/* Where an axis has its marks: round numbers, or spans of time that people count in. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

const SPANS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650].map((n) => n * DAY),
];

const ON_LOG = [1, 10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

/* The smallest round step with which a span has at most so many. */
export function step(span, unit, count) {
  const wanted = span / count;
  if (unit === "s") {
    const found = SPANS.find((size) => size >= wanted);
    if (found) return found;
  }
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((n) => n * power).find((size) => size >= wanted * (1 - 1e-9));
}

/* An axis that holds all values: its ends are marks.

   `least` and `most` are what the unit allows: a share does not end below 0 %. */
export function linear(values, { unit, count = 5, least = -Infinity, most = Infinity }) {
  const known = values.filter((value) => Number.isFinite(value));
  let low = Math.min(...known);
  let high = Math.max(...known);
  if (!known.length) [low, high] = [0, 1];
  if (high - low < 1e-9 * Math.max(1, Math.abs(high))) [low, high] = around(low, least, most);
  const size = step(high - low, unit, count);
  const min = Math.max(Math.floor(low / size + 1e-9) * size, Math.ceil(least / size) * size || least);
  const max = Math.min(Math.ceil(high / size - 1e-9) * size, Math.floor(most / size) * size || most);
  return { min: tidy(min), max: tidy(max > min ? max : min + size), step: size };
}

function around(value, least, most) {
  const room = Math.abs(value) * 0.1 || 1;
  return [Math.max(value - room, least), Math.min(value + room, most)];
}

/* 0.30000000000000004 is 0.3. */
function tidy(value) {
  return Number(value.toPrecision(12));
}

/* Marks of a logarithmic axis of seconds that lie within its ends; at most so many. */
export function logarithmic(low, high, count) {
  const inside = ON_LOG.filter((size) => size >= low * 0.999 && size <= high * 1.001);
  const every = Math.ceil(inside.length / count);
  return inside.filter((_, i) => (inside.length - 1 - i) % every === 0);
}

/* The ends of a logarithmic axis: whole marks would leave half of it empty. */
export function logEnds(values) {
  const known = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.max(1, Math.min(...known));
  const high = Math.max(low * 4, ...known);
  return { low: low / 1.25, high: high * 1.15 };
}
