/* The page: dials, guesses, and what they show. */
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const MEAN = unpacked(DATA.mean, Float32Array), HALF = unpacked(DATA.half, Float32Array);
const FANS = unpacked(DATA.fans, Uint16Array);
const WHOLE = { mean: unpacked(DATA.whole.mean, Float32Array), half: unpacked(DATA.whole.half, Float32Array),
  fans: unpacked(DATA.whole.fans, Uint16Array) };
const LEVELS = DATA.dials.map((dial) => dial.levels);
const OWN = DATA.dials.map((dial) => dial.own);
const KINDS = DATA.outcomes.length;
const FAN_SIZE = DATA.series.length * DATA.series[0].lines * DATA.months.length; /* numbers of all series of a setting */
const NEAR = 0.005 + 1e-9; /* half a step of a slider, so that every node can be reached */
const $ = (id) => document.getElementById(id);
/* `preset` is the doctrine that a button set, with all of its dials; null once a dial was turned. */
const state = { point: [...OWN], preset: null, guessing: true, right: 0, asked: 0 };
/* The model in the page, where there is one (live.js): what it `found` of what is set; `beyond` what was computed before. */
const live = { ready: false, beyond: false, found: null, about: "", turn: null, choose: null };

/* All outcomes at a point: mean, difference to the own doctrine, and half the width of what it is known to. */
function outcomes(point) {
  const around = corners(LEVELS, point);
  return against(interpolate(MEAN, KINDS, around), interpolate(HALF, KINDS, around), around.length > 1);
}

/* The same of a whole doctrine, which was simulated with all of its dials. */
function ofPreset(preset) {
  const its = (values) => values.subarray(preset * KINDS, (preset + 1) * KINDS);
  return against(its(WHOLE.mean), its(WHOLE.half), false);
}

function against(mean, half, between) {
  const base = interpolate(MEAN, KINDS, corners(LEVELS, OWN));
  return DATA.outcomes.map((outcome, k) => {
    const wider = between ? outcome.error : 0;
    return { mean: mean[k], own: base[k], difference: mean[k] - base[k], half: half[k] + wider };
  });
}

/* What is set: a whole doctrine, or the dials with everything else as in the scenario. */
function here() {
  if (live.found) return live.found.outcomes;
  return state.preset === null ? outcomes(state.point) : ofPreset(state.preset);
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
  for (const [mean, half] of [[MEAN, HALF], [WHOLE.mean, WHOLE.half]]) {
    for (let place = k; place < mean.length; place += KINDS) {
      most = Math.max(most, Math.abs(mean[place] - BASE[k].own) + half[place]);
    }
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
  $("exactness").textContent = live.ready && (live.found || live.beyond) ? live.about : state.preset !== null
    ? `Simulated: ${DATA.presets[state.preset].label}, with all of its dials, in ${DATA.worlds} worlds.`
    : around === 1
      ? `Simulated: these dials are a node, in ${DATA.worlds} worlds; every other dial is as in ${DATA.own}.`
      : `Interpolated between ${around} simulated nodes; the intervals below are wider by the measured error. ` +
        `Every other dial is as in ${DATA.own}.`;
  $("exactness").className = live.found || state.preset !== null || around === 1 ? "exact" : "between";
  document.querySelectorAll("[data-preset]").forEach((button) => {
    button.setAttribute("aria-pressed", String(Number(button.dataset.preset) === state.preset));
  });
}

/* --- results --- */

function showBars() {
  const all = here();
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
  return linesOf(series, interpolate(FANS, FAN_SIZE, corners(LEVELS, point)));
}

function fanHere(series) {
  if (live.found) return live.found.fans[series];
  if (state.preset === null) return fanOf(series, state.point);
  return linesOf(series, Array.from(WHOLE.fans.subarray(state.preset * FAN_SIZE, (state.preset + 1) * FAN_SIZE)));
}

/* The lines of one series, out of the numbers of all series of a setting. */
function linesOf(series, all) {
  const { low, step, lines } = DATA.series[series], months = DATA.months.length, start = series * lines * months;
  return Array.from({ length: lines }, (_, line) =>
    all.slice(start + line * months, start + (line + 1) * months).map((value) => low + step * value));
}

function showFans() {
  DATA.series.forEach((series, k) => {
    const what = live.found ? live.found.name : state.preset === null ? "these dials" : DATA.presets[state.preset].short;
    const lines = fanHere(k), own = live.found ? live.found.bases[k] : fanOf(k, OWN)[0];
    const every = live.found ? [...lines.flat(), ...own] : [];
    const [low, high] = [Math.min(series.low, ...every), Math.max(series.high, ...every)];
    fan($(`fan-${k}`), lines, own, DATA.months, low, high, [what, live.found ? "own" : DATA.own]);
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
    (others ? "every cell was simulated." : "every cell is interpolated.") +
    (live.ready ? ` These are the worlds computed before, of seed ${DATA.seed}.` : "") +
    (state.preset ? ` Dials that are not on this page are as in ${DATA.own}, not as in ${DATA.presets[state.preset].label}.` : "");
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
  const found = here(), guesses = guessed();
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

/* The numbers that stay in sight while a dial is turned. */
function showReadout(all) {
  DATA.readout.forEach((k) => {
    const outcome = DATA.outcomes[k], { mean, difference, half } = all[k], wide = digits(outcome, half);
    $(`readout-${k}`).textContent = shown(outcome, mean, wide);
    $(`readout-${k}-more`).textContent = !differs(all[k]) ? "(no difference)" : `(${shown(outcome, difference, wide, true)})`;
  });
}

function show() {
  showDials();
  $("readout").hidden = state.guessing;
  $("results").classList.toggle("waiting", live.beyond && !live.found);
  if (state.guessing || (live.beyond && !live.found)) return;
  showReadout(here());
  showBars();
  showFans();
  showMap();
}

/* A doctrine as its name says: all of its dials, of which the page shows some. */
function go(preset) {
  if (live.choose) {
    live.choose(preset);
    return;
  }
  DATA.presets[preset].dials.forEach((value, dial) => setDial(dial, value));
  state.preset = preset;
  show();
}

function turnDial(dial, value) {
  if (live.turn) {
    live.turn(dial, value);
    return;
  }
  setDial(dial, value);
  state.preset = null;
  show();
}

LEVELS.forEach((_, dial) => {
  $(`dial-${dial}`).addEventListener("input", (event) => turnDial(dial, Number(event.target.value)));
});
document.querySelectorAll("[data-preset]").forEach((button) => {
  button.addEventListener("click", () => go(Number(button.dataset.preset)));
});
$("reveal").addEventListener("click", reveal);
$("skip").addEventListener("click", () => guessing(false));
$("again").addEventListener("click", () => guessing(true));
$("map-outcome").addEventListener("change", showMap);
$("map-x").addEventListener("change", () => keepApart("map-x", "map-y"));
$("map-y").addEventListener("change", () => keepApart("map-y", "map-x"));
guessing(true);
go(DATA.start);
