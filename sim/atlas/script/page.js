/* The page: dials, guesses, and what they show. */
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const MEAN = unpacked(DATA.mean, Float32Array), HALF = unpacked(DATA.half, Float32Array);
const FANS = unpacked(DATA.fans, Uint16Array);
const LEVELS = DATA.dials.map((dial) => dial.levels);
const OWN = DATA.dials.map((dial) => dial.own);
const KINDS = DATA.outcomes.length;
const NEAR = 0.005 + 1e-9; /* half a step of a slider, so that every node can be reached */
const $ = (id) => document.getElementById(id);
const state = { point: [...OWN], guessing: true, right: 0, asked: 0 };

/* All outcomes at a point: mean, difference to the own doctrine, and half the width of what it is known to. */
function outcomes(point) {
  const around = corners(LEVELS, point), own = corners(LEVELS, OWN);
  const mean = interpolate(MEAN, KINDS, around), half = interpolate(HALF, KINDS, around);
  const base = interpolate(MEAN, KINDS, own);
  return DATA.outcomes.map((outcome, k) => {
    const wider = around.length > 1 ? outcome.error : 0;
    return { mean: mean[k], own: base[k], difference: mean[k] - base[k], half: half[k] + wider };
  });
}

function shown(outcome, value, half, sign = false) {
  return (sign ? signed : number)(outcome.scale * value, Math.min(decimals(outcome.scale * half / 2), 2));
}

/* Digits as the error of the setting warrants; at the own doctrine itself, where no difference has one, as usual. */
function digits(outcome, half) {
  return half > 0 ? half : outcome.usual;
}

function scaleOf(k) {
  let most = 0;
  for (let node = 0; node < MEAN.length / KINDS; node += 1) {
    most = Math.max(most, Math.abs(MEAN[node * KINDS + k] - BASE[k].own) + HALF[node * KINDS + k]);
  }
  return most || 1;
}
const BASE = outcomes(OWN);
const SCALES = DATA.outcomes.map((_, k) => scaleOf(k));

/* --- dials --- */

function setDial(dial, value) {
  const node = LEVELS[dial].find((level) => Math.abs(level - value) < NEAR);
  state.point[dial] = node === undefined ? value : node;
}

function showDials() {
  state.point.forEach((value, dial) => {
    $(`dial-${dial}`).value = value;
    $(`value-${dial}`).textContent = value.toFixed(2);
  });
  const around = corners(LEVELS, state.point).length;
  const preset = DATA.presets.find(({ dials }) => dials.every((value, dial) => Math.abs(value - state.point[dial]) < NEAR));
  $("exactness").textContent = around === 1
    ? `Simulated: these dials are a node, in ${DATA.worlds} worlds.`
    : `Interpolated between ${around} simulated nodes; the intervals below are wider by the measured error.`;
  $("exactness").className = around === 1 ? "exact" : "between";
  document.querySelectorAll("[data-preset]").forEach((button) => {
    button.setAttribute("aria-pressed", String(preset !== undefined && DATA.presets[button.dataset.preset] === preset));
  });
}

/* --- results --- */

function showBars() {
  const all = outcomes(state.point);
  showFinding(all);
  all.forEach((found, k) => {
    const outcome = DATA.outcomes[k], row = $(`outcome-${k}`), half = digits(outcome, found.half);
    bar(row.querySelector("svg"), found.difference, found.half, SCALES[k]);
    row.querySelector(".mean").textContent = shown(outcome, found.mean, half);
    row.querySelector(".base").textContent = shown(outcome, found.own, half);
    row.querySelector(".difference").textContent = shown(outcome, found.difference, half, true);
    row.querySelector(".half").textContent = found.half > 0 ? ` \u00b1 ${shown(outcome, found.half, half)}` : "";
    row.classList.toggle("noise", !differs(found));
  });
}

/* The finding: how much differs beyond noise, and what most clearly. */
function showFinding(all) {
  const beyond = all.filter(differs).length;
  const sure = all.map(({ difference, half }) => (half > 0 ? Math.abs(difference) / half : 0));
  const clearest = DATA.outcomes[sure.indexOf(Math.max(...sure))].label;
  $("finding").textContent = beyond === 0
    ? `No outcome differs beyond noise from ${DATA.own}.`
    : `${beyond} of ${KINDS} outcomes differ beyond noise from ${DATA.own}; most clearly: ${clearest}.`;
}

function differs({ difference, half }) {
  return Math.abs(difference) > half;
}

function fanOf(series, point) {
  const { low, step, lines } = DATA.series[series], months = DATA.months.length;
  const width = DATA.series.length * lines * months, start = series * lines * months;
  const all = interpolate(FANS, width, corners(LEVELS, point));
  return Array.from({ length: lines }, (_, line) =>
    all.slice(start + line * months, start + (line + 1) * months).map((value) => low + step * value));
}

function showFans() {
  DATA.series.forEach((series, k) => {
    const names = ["these dials", DATA.own];
    fan($(`fan-${k}`), fanOf(k, state.point), fanOf(k, OWN)[0], DATA.months, series.low, series.high, names);
  });
}

function nearest(levels, value) {
  return levels.reduce((best, level, i) => (Math.abs(level - value) < Math.abs(levels[best] - value) ? i : best), 0);
}

function showMap() {
  const k = Number($("map-outcome").value), outcome = DATA.outcomes[k];
  const [i, j] = [Number($("map-x").value), Number($("map-y").value)];
  const rows = LEVELS[j].map((up) => LEVELS[i].map((across) => {
    const point = [...state.point];
    [point[i], point[j]] = [across, up];
    const found = outcomes(point)[k];
    return { text: shown(outcome, found.mean, digits(outcome, found.half)), shade: found.difference / SCALES[k] };
  }));
  const here = [nearest(LEVELS[i], state.point[i]), nearest(LEVELS[j], state.point[j])];
  map($("map"), rows, LEVELS[i], LEVELS[j], [DATA.dials[i].name, DATA.dials[j].name], here);
  const others = state.point.every((value, dial) => dial === i || dial === j || LEVELS[dial].includes(value));
  $("map-note").textContent = `${outcome.label}, ${outcome.unit}. The other dials stay where they are: ` +
    (others ? "every cell was simulated." : "every cell is interpolated.");
  $("map").setAttribute("aria-label", `${outcome.label} over ${DATA.dials[i].name} and ${DATA.dials[j].name}: ` +
    rows.map((row, n) => `${DATA.dials[j].name} ${LEVELS[j][n].toFixed(2)}: ${row.map(({ text }) => text).join(", ")}`).join("; "));
}

function keepApart(changed, other) {
  if ($(changed).value === $(other).value) $(other).value = String((Number($(other).value) + 1) % LEVELS.length);
  showMap();
}

/* --- predict, then reveal --- */

function truth(found) {
  return differs(found) ? (found.difference > 0 ? "up" : "down") : "same";
}

function guessed() {
  return DATA.guesses.map((k) => document.querySelector(`input[name="guess-${k}"]:checked`)?.value);
}

function reveal() {
  const found = outcomes(state.point), guesses = guessed();
  if (guesses.includes(undefined)) {
    $("verdict").textContent = "Make a guess for every outcome first.";
    return;
  }
  const right = DATA.guesses.filter((k, n) => truth(found[k]) === guesses[n]);
  state.right += right.length;
  state.asked += guesses.length;
  const wrong = DATA.guesses.filter((k) => !right.includes(k)).map((k) => DATA.outcomes[k].label);
  const so = state.asked > guesses.length ? ` So far: ${state.right} of ${state.asked}.` : "";
  $("verdict").textContent = `${right.length} of ${guesses.length} right.` +
    (wrong.length ? ` Otherwise than you guessed: ${wrong.join("; ")}.` : "") + so;
  guessing(false);
}

function guessing(on) {
  state.guessing = on;
  $("guess").hidden = !on;
  $("results").hidden = on;
  $("again").hidden = on;
  if (on) {
    $("verdict").textContent = "";
    document.querySelectorAll("#guess input").forEach((input) => { input.checked = false; });
  }
  show();
}

function show() {
  showDials();
  if (state.guessing) return;
  showBars();
  showFans();
  showMap();
}

function go(dials) {
  dials.forEach((value, dial) => setDial(dial, value));
  show();
}

LEVELS.forEach((_, dial) => {
  $(`dial-${dial}`).addEventListener("input", (event) => { setDial(dial, Number(event.target.value)); show(); });
});
document.querySelectorAll("[data-preset]").forEach((button) => {
  button.addEventListener("click", () => go(DATA.presets[button.dataset.preset].dials));
});
$("reveal").addEventListener("click", reveal);
$("skip").addEventListener("click", () => guessing(false));
$("again").addEventListener("click", () => guessing(true));
$("map-outcome").addEventListener("change", showMap);
$("map-x").addEventListener("change", () => keepApart("map-x", "map-y"));
$("map-y").addEventListener("change", () => keepApart("map-y", "map-x"));
guessing(true);
go(DATA.start);
