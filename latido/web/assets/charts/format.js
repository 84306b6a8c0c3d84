/* Numbers and durations as the reader's language writes them.

   The rules are those of latido/i18n.py and latido/metrics/present.py, and a test compares both: `quantity` here
   and there give the same text. There is no Intl here, because the server's engine has none. */

const MARKS = { en: { point: ".", group: "," }, es: { point: ",", group: "." } };
const SPANS = [
  { name: "d", size: 86400, below: "h", smaller: 3600 },
  { name: "h", size: 3600, below: "min", smaller: 60 },
  { name: "min", size: 60, below: "s", smaller: 1 },
];
const ONE_DIGIT = ["%", "points"];
const EXACT = 60; // decimals that show whether a binary number lies exactly between two

export const NOTHING = "—";

/* Half to even, as Python rounds. */
function round(value) {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/* A magnitude with so many decimals, halves to even: "2.675" has no half in it, "0.125" has. */
function fixed(magnitude, digits) {
  const exact = magnitude.toFixed(digits + EXACT);
  const kept = exact.slice(0, exact.length - EXACT).replace(/\.$/, "");
  const isHalf = /^50*$/.test(exact.slice(-EXACT));
  const isEven = Number(kept.slice(-1)) % 2 === 0;
  return isHalf && isEven ? kept : magnitude.toFixed(digits);
}

function suffix(unit, language) {
  if (unit === "%") return language === "es" ? "\u00a0%" : "%";
  return /^[A-Z]{3}$/.test(unit) ? `\u00a0${unit}` : "";
}

function digitsOf(value, unit) {
  if (ONE_DIGIT.includes(unit)) return 1;
  if (Number.isInteger(value)) return 0;
  const size = Math.abs(value);
  return size >= 1000 ? 0 : size >= 100 ? 1 : 2;
}

/* Seconds with two or three digits that matter. */
function rounded(seconds) {
  const unit = [86400, 3600, 60].find((size) => Math.abs(seconds) >= 9.95 * size);
  return unit ? round(seconds / unit) * unit : seconds;
}

/* What writes for readers of a language. */
export function formatter(language) {
  const marks = MARKS[language] || MARKS.en;

  function number(value, digits) {
    const places = digits ?? (Number.isInteger(value) ? 0 : 2);
    const [whole, part] = fixed(Math.abs(value), places).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.group);
    const sign = value < 0 || Object.is(value, -0) ? "-" : "";
    return sign + grouped + (part ? marks.point + part : "");
  }

  function duration(seconds) {
    const sign = seconds < 0 ? "−" : "";
    const rest = Math.abs(seconds);
    const span = SPANS.find(({ size }) => rest >= size);
    if (!span) return `${sign}${number(rest, rest >= 10 || Number.isInteger(rest) ? 0 : 1)} s`;
    const units = round(rest / span.smaller);
    const inOne = span.size / span.smaller;
    const part = units % inOne;
    return `${sign}${number((units - part) / inOne)} ${span.name}${part ? ` ${part} ${span.below}` : ""}`;
  }

  function quantity(value, unit) {
    if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    if (unit === "s") return duration(rounded(value));
    return number(value, digitsOf(value, unit)).replace("-", "−") + suffix(unit, language);
  }

  /* A difference says its sign. */
  function signed(value, unit) {
    return (value > 0 ? "+" : "") + quantity(value, unit);
  }

  /* A mark of an axis has as many decimals as its steps need. */
  function mark(value, unit, step) {
    if (unit === "s") return value ? duration(value) : "0";
    const digits = step >= 1 ? 0 : Math.min(4, Math.ceil(-Math.log10(step) - 1e-9));
    return number(value + 0, digits).replace("-", "−") + (unit === "%" ? suffix(unit, language) : "");
  }

  return { number, duration, quantity, signed, mark };
}
