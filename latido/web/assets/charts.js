/* The charts: plain data, colours and a formatter become an option of ECharts.

   It runs in browsers and, unchanged, in the engine that draws on the server (latido/report/charts/draw.py). */
import * as bars from "./charts/bars.js";
import * as distribution from "./charts/distribution.js";
import { formatter } from "./charts/format.js";
import * as heat from "./charts/heat.js";
import * as survival from "./charts/survival.js";
import * as trend from "./charts/trend.js";

const KINDS = { bars, distribution, heat, survival, trend };

globalThis.latidoCharts = {
  formatter,

  /* The option of a chart of this kind and size. */
  build(kind, data, theme, format, width, height) {
    return KINDS[kind][kind](data, theme, format, width, height);
  },

  /* The height that a chart wants; undefined where any will do. */
  height(kind, data) {
    return KINDS[kind].height?.(data);
  },

  /* The address of the rows behind a place, given in the axes' units. */
  href(kind, data, x, y) {
    return KINDS[kind].href?.(data, x, y);
  },
};
