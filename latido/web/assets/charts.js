globalThis.latidoCharts = {};
