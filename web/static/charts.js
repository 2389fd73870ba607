// Draws every chart of the page: the option lies beside it as JSON, the numbers are a table beneath it anyway.

import { $, $$ } from "./dom.js";

/** Where ECharts empties its place by way of HTML, which this page forbids, the place is emptied all the same. */
function emptyWithoutHtml(place) {
  Object.defineProperty(place, "innerHTML", { set: () => place.replaceChildren() });
}

function draw(figure) {
  const place = $(".chart-plot", figure);
  place.style.height = `${place.dataset.height}px`;
  emptyWithoutHtml(place);
  const chart = globalThis.echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(JSON.parse($("script[type='application/json']", figure).textContent));
  new ResizeObserver(() => chart.resize()).observe(place);
}

for (const figure of $$("figure[data-chart]")) draw(figure);
