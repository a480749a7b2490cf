// Draws the table of values: years across, one colour a place; hollow is a goal, filled a result.
"use strict";

const PLACES = 8;

function valuesOf(table) {
  return [...table.querySelectorAll("tbody tr")]
    .map((row) => ({ ...row.dataset, link: row.querySelector("a").href }))
    .filter((row) => row.year && row.value && Number.isFinite(Number(row.value)));
}

function colours() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(name).trim();
  const light = ["#8f2d1f", "#2f5d8a", "#4a7a3f", "#8a6a1f", "#6b4a86", "#2f7a78", "#a04a6a", "#5f594f"];
  const bright = ["#eb9a86", "#8fb8e0", "#a3cf96", "#d9bd6f", "#c0a3dc", "#85cfcc", "#e6a0bb", "#aaa295"];
  return { places: dark ? bright : light, ink: ink("--ink"), soft: ink("--soft"), line: ink("--line"), leaf: ink("--leaf") };
}

function placesOf(values, words, paint) {
  const names = [...new Set(values.map((row) => row.place || words.nowhere))].slice(0, PLACES);
  return names.map((name, number) => ({ name, colour: paint.places[number % paint.places.length] }));
}

// Values of one place are joined only where each year has one of them: else they are of different things.
function joined(rows) {
  const years = rows.map((row) => row.year);
  return rows.length > 1 && new Set(years).size === years.length && rows[0].place !== "";
}

function seriesOf(places, values, words, paint) {
  return places.flatMap(({ name, colour }) =>
    ["goal", "result"].map((role) => {
      const own = values.filter((row) => (row.place || words.nowhere) === name && row.role === role);
      own.sort((one, other) => Number(one.year) - Number(other.year));
      return {
        name,
        type: "line",
        color: colour,
        lineStyle: { type: role === "goal" ? "dashed" : "solid", width: joined(own) ? 1.5 : 0 },
        symbol: "circle",
        symbolSize: role === "goal" ? 11 : 9,
        showSymbol: true,
        itemStyle: role === "goal" ? { color: paint.leaf, borderColor: colour, borderWidth: 2 } : { color: colour },
        data: own.map((row) => ({ value: [row.year, Number(row.value)], told: row, role })),
      };
    }).filter((series) => series.data.length),
  );
}

function draw(box, table) {
  const words = box.dataset;
  const values = valuesOf(table);
  const years = [...new Set(values.map((row) => row.year))].sort();
  const paint = colours();
  const places = placesOf(values, words, paint);
  const chart = echarts.getInstanceByDom(box) || echarts.init(box, null, { renderer: "canvas" });
  const text = { color: paint.soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
  chart.setOption({
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    legend: {
      top: 0, left: 0, textStyle: text, icon: "circle", itemWidth: 10, type: "scroll",
      pageIconColor: paint.soft, pageIconInactiveColor: paint.line, pageTextStyle: text,
      data: places.map(({ name, colour }) => ({ name, itemStyle: { color: colour, borderWidth: 0 } })),
    },
    tooltip: {
      renderMode: "richText",
      backgroundColor: paint.leaf,
      borderColor: paint.line,
      textStyle: { ...text, color: paint.ink },
      formatter: ({ data }) => `${data.told.place || words.nowhere} ${data.told.year}\n${words[data.role]} ${data.told.shown}`,
    },
    xAxis: { type: "category", data: years, axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false }, axisLabel: text },
    yAxis: { type: "value", scale: true, splitLine: { lineStyle: { color: paint.line } }, axisLabel: text },
    series: seriesOf(places, values, words, paint),
  }, true);
  return chart;
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-chart]");
  const table = document.querySelector("[data-values]");
  if (!box || !table) return;
  const chart = draw(box, table);
  chart.on("click", ({ data }) => location.assign(data.told.link));
  addEventListener("resize", () => chart.resize());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(box, table));
});
