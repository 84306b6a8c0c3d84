/* Hour by weekday: how much of it, and when. */
import { axis, frame, grid, PHONE, tip, widest } from "./frame.js";

const LEGEND = 40;

export function heat(data, theme, format, width) {
  const left = widest(data.days, theme) + 14;
  const known = data.cells.filter((cell) => cell.v !== null);
  const values = known.map((cell) => cell.v);
  const [low, high] = ends(values, data.zero);
  return {
    ...frame(theme),
    grid: grid(6, 4, LEGEND + 20, left),
    xAxis: axis(theme, { type: "category", data: data.hours, splitLine: { show: false }, axisLabel: { interval: (i) => i % (width < PHONE ? 6 : 3) === 0 } }),
    yAxis: axis(theme, { type: "category", data: data.days, inverse: true, splitLine: { show: false }, axisLabel: { color: theme.ink2, interval: 0 } }),
    visualMap: {
      type: "continuous",
      min: low,
      max: high,
      orient: "horizontal",
      right: 0,
      bottom: 0,
      itemWidth: 9,
      itemHeight: 120,
      text: [format.quantity(high, data.unit) + (high < Math.max(...values) ? " +" : ""), format.quantity(low, data.unit)],
      textStyle: { color: theme.ink3, fontSize: 12, fontFamily: theme.font },
      inRange: { color: theme.scale },
      calculable: false,
      hoverLink: true,
    },
    tooltip: { ...frame(theme).tooltip, trigger: "item", formatter: (hit) => told(data, known[hit.dataIndex], format) },
    series: [
      {
        type: "heatmap",
        data: known.map((cell) => [cell.hour, cell.day, cell.v]),
        itemStyle: { borderColor: theme.surface, borderWidth: 1.5, borderRadius: 3 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 1.5 } },
      },
    ],
  };
}

/* A few hours beyond all others would leave no colours for the rest: they share the last one. */
function ends(values, zero) {
  const sorted = values.slice().sort((a, b) => a - b);
  const most = sorted.at(-1) ?? 1;
  const usual = sorted[Math.floor(0.97 * (sorted.length - 1))] ?? most;
  return [zero ? 0 : (sorted[0] ?? 0), most > 2 * usual ? usual : most];
}

/* The rows of an hour of a weekday. */
export function href(data, x, y) {
  return data.cells.find((cell) => cell.hour === Math.round(x) && cell.day === Math.round(y))?.href;
}

function told(data, cell, format) {
  const n = data.unit === "count" || cell.n === null || cell.n === cell.v ? [] : [["n", format.number(cell.n, 0)]];
  return tip(`${data.days[cell.day]} ${data.hours[cell.hour]}:00`, [[data.label, format.quantity(cell.v, data.unit)], ...n]);
}
