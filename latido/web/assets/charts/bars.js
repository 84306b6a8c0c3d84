/* A figure by dimension: bars from zero, or points, each with its interval and its value at the right. */
import { arrow, axis, AXIS_SIZE, evidence, frame, grid, PHONE, tip, widest } from "./frame.js";
import { linear, logarithmic, logEnds } from "./ticks.js";

const ROW = 32;
const TOP = 8;
const BOTTOM = 28;

export function height(data) {
  return TOP + ROW * Math.max(1, data.rows.length) + BOTTOM + (data.words.reference ? 16 : 0);
}

export function bars(data, theme, format, width) {
  const rows = data.rows.slice().reverse(); // the axis goes up, people read down
  const texts = rows.map((row) => valueOf(row, data, format));
  const left = Math.min(widest(rows.map((row) => row.label), theme) + 2, width * (width < PHONE ? 0.34 : 0.3)) + 12;
  const right = widest(texts, theme, AXIS_SIZE, 600) + 16;
  const value = valueAxis(data, format, width - left - right);
  const top = data.words.reference ? TOP + 16 : TOP;
  return {
    ...frame(theme),
    grid: grid(top, right, BOTTOM, left),
    xAxis: axis(theme, value.axis),
    yAxis: axis(theme, {
      type: "category",
      data: rows.map((row) => row.label),
      axisLabel: { color: theme.ink2, margin: 10, width: left - 12, overflow: "truncate", interval: 0 },
    }),
    tooltip: {
      ...frame(theme).tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: theme.ink, opacity: 0.04 } },
      formatter: (hit) => told(data, rows[hit[0].dataIndex], format),
    },
    series: [
      data.style === "bars" ? filled(rows, data, theme, value) : pointed(rows, data, theme, value),
      intervals(rows, theme, value, data.style),
      values(rows, texts, theme),
    ],
  };
}

/* The rows behind a bar. */
export function href(data, _x, y) {
  return data.rows[data.rows.length - 1 - Math.round(y)]?.href;
}

function valueOf(row, data, format) {
  return data.signed ? format.signed(row.v, data.unit) : format.quantity(row.v, data.unit);
}

function valueAxis(data, format, room) {
  const ends = data.rows.flatMap((row) => [row.v, row.lo, row.hi]).filter((v) => v !== null);
  if (data.reference !== null) ends.push(data.reference);
  return data.scale === "log" ? logAxis(ends, data, format, room) : linearAxis(ends, data, format, room);
}

function linearAxis(ends, data, format, room) {
  const count = Math.max(2, Math.min(6, Math.floor(room / 70)));
  const from = data.style === "bars" ? [0] : [];
  const scale = linear([...trimmed(ends, data), ...from], { unit: data.unit, count, least: data.least ?? -Infinity, most: data.most ?? Infinity });
  return {
    at: (v) => v,
    inside: (v) => Math.min(Math.max(v, scale.min), scale.max),
    axis: {
      type: "value",
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: { hideOverlap: true, formatter: (v) => format.mark(v, data.unit, scale.step) },
    },
  };
}

/* An interval many times as long as all values lie apart is cut off rather than drawn to scale. */
function trimmed(ends, data) {
  const values = data.rows.map((row) => row.v).filter((v) => v !== null);
  if (!values.length) return ends;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = 1.5 * Math.max(high - low, Math.abs(high) * 0.5);
  return ends.map((v) => Math.min(Math.max(v, low - room), high + room));
}

function logAxis(ends, data, format, room) {
  const { low, high } = logEnds(ends);
  const ticks = logarithmic(low, high, Math.max(2, Math.floor(room / 64))).map(Math.log10);
  return {
    at: (v) => Math.log10(Math.max(v, low)),
    inside: (v) => Math.min(Math.max(v, low), high),
    axis: {
      type: "value",
      min: Math.log10(low),
      max: Math.log10(high),
      splitLine: { show: false },
      axisLabel: { customValues: ticks, formatter: (v) => format.duration(Math.round(10 ** v)) },
    },
  };
}

function colour(row, theme) {
  return { good: theme.pos, bad: theme.neg, neutral: theme.neutral }[row.tone] || theme.brand;
}

function filled(rows, data, theme, { at }) {
  const round = (v) => (v >= 0 ? [0, 4, 4, 0] : [4, 0, 0, 4]);
  return {
    type: "bar",
    barWidth: "58%",
    barMaxWidth: 20,
    emphasis: { disabled: true },
    data: rows.map((row) => ({ value: row.v === null ? null : at(row.v), itemStyle: { color: colour(row, theme), borderRadius: round(row.v) } })),
    markLine: reference(data, theme, at),
  };
}

function pointed(rows, data, theme, { at }) {
  return {
    type: "scatter",
    symbol: "circle",
    symbolSize: 11,
    z: 6,
    emphasis: { disabled: true },
    data: rows.map((row, i) => ({ value: [row.v === null ? null : at(row.v), i], itemStyle: { color: colour(row, theme), opacity: 1, borderColor: theme.surface, borderWidth: 1.5 } })),
    markLine: reference(data, theme, at),
  };
}

/* Where all of them together stand, or zero. */
function reference(data, theme, at) {
  const value = data.reference ?? (data.signed ? 0 : null);
  if (value === null) return { data: [] };
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: theme.ink3, type: data.signed ? "solid" : [3, 4], width: 1 },
    label: {
      show: Boolean(data.words.reference),
      formatter: () => data.words.reference ?? "",
      position: "end",
      distance: 4,
      color: theme.ink2,
      fontSize: AXIS_SIZE,
      fontWeight: 500,
      fontFamily: theme.font,
    },
    data: [{ xAxis: at(value) }],
  };
}

/* Whiskers with caps; one that goes on outside has an arrow there. */
function intervals(rows, theme, { at, inside }, style) {
  const known = rows.map((row, i) => ({ ...row, i })).filter((row) => row.lo !== null);
  const thin = style === "bars";
  return {
    type: "custom",
    silent: true,
    z: 5,
    tooltip: { show: false },
    data: known.map((row) => [at(inside(row.lo)), row.i]),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const { lo, hi, i, tone } = known[dataIndex];
      const [x1, y] = api.coord([at(inside(lo)), i]);
      const x2 = hi === null ? coordSys.x + coordSys.width : api.coord([at(inside(hi)), i])[0];
      const style = thin ? { stroke: theme.ink, lineWidth: 1.5, opacity: 0.75 } : { stroke: colour({ tone }, theme), lineWidth: 2 };
      const line = (a, b, c, d) => ({ type: "line", shape: { x1: a, y1: b, x2: c, y2: d }, style });
      const tip = (x, way) => arrow([x, y], [way, 0], { fill: style.stroke, opacity: style.opacity ?? 1 });
      const cap = (x, end, way) => (end !== null && inside(end) === end ? line(x, y - 4, x, y + 4) : tip(x, way));
      return { type: "group", children: [line(x1, y, x2, y), cap(x1, lo, -1), cap(x2, hi, 1)] };
    },
  };
}

function values(rows, texts, theme) {
  return {
    type: "custom",
    silent: true,
    z: 7,
    tooltip: { show: false },
    data: rows.map((_, i) => [0, i]),
    renderItem: ({ dataIndex, coordSys }, api) => ({
      type: "text",
      style: {
        text: texts[dataIndex],
        x: coordSys.x + coordSys.width + 10,
        y: api.coord([0, dataIndex])[1],
        fill: rows[dataIndex].tone === "neutral" ? theme.ink3 : theme.ink,
        font: `600 ${AXIS_SIZE}px ${theme.font}`,
        verticalAlign: "middle",
      },
    }),
  };
}

function told(data, row, format) {
  const noted = row.tone === "neutral" && data.words.neutral ? [["", data.words.neutral]] : [];
  return tip(row.label, [[data.label, valueOf(row, data, format)], ...evidence(row, data, format), ...noted]);
}
