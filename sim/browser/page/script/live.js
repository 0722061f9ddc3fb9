/* The model in the page: every dial, any seed, any world. What it says takes the place of what was computed before. */
"use strict";

const LIVE = JSON.parse($("live-data").textContent);
const ACTORS = Object.fromEntries(LIVE.actors.map((actor) => [actor.key, actor]));
const DIGITS = 3, SHARES = "priorities.", OWN_NAME = "own";
/* What is set: of each actor the doctrine that it starts from, and all of its dials; and which worlds. */
const set = Object.fromEntries(LIVE.actors.map(({ key, own }) => [key, { base: OWN_NAME, dials: { ...own } }]));
const luck = { seed: LIVE.seed, worlds: LIVE.worlds };
let worker = null, latest = 0;

/* --- doctrines as text --- */

function start(actor) {
  const { base } = set[actor], { own, presets } = ACTORS[actor];
  return base === OWN_NAME ? own : presets.find(({ name }) => name === base).dials;
}

/* The dials that differ from some others; of shares of one whole all, since they sum to 1. */
function apart(actor, from) {
  const { dials } = set[actor];
  const found = new Set(Object.keys(dials).filter((name) => dials[name] !== from[name]));
  if ([...found].some((name) => name.startsWith(SHARES))) {
    for (const name of Object.keys(dials)) if (name.startsWith(SHARES)) found.add(name);
  }
  return Object.keys(dials).filter((name) => found.has(name)).map((name) => [name, dials[name]]);
}

function changed() {
  return Object.keys(set).filter((actor) => apart(actor, ACTORS[actor].own).length);
}

/* As the command line takes it, and as a sentence calls it. */
function spelt(actor) {
  const turned = apart(actor, start(actor)).map(([name, value]) => `${name}=${value}`).join(",");
  return set[actor].base + (turned ? `:${turned}` : "");
}

function called(actor) {
  const { base } = set[actor], { presets, called: own } = ACTORS[actor];
  const from = base === OWN_NAME ? own : presets.find(({ name }) => name === base).called;
  const turned = apart(actor, start(actor)).map(([name, value]) => `${name.replace(/[._]/g, " ")} ${value}`);
  return [from, ...turned].join(", ");
}

/* What is set, in tables as the model has them. */
function question() {
  const dials = {};
  for (const actor of changed()) {
    dials[actor] = { name: called(actor) };
    for (const [path, value] of Object.entries(set[actor].dials)) {
      const [table, inner] = path.split(".");
      if (inner) (dials[actor][table] ??= {})[inner] = value;
      else dials[actor][table] = value;
    }
  }
  return JSON.stringify({ dials, ...luck });
}

function quoted(text) {
  return /^[\w.,:=/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function command() {
  const actors = changed(), which = `--worlds ${luck.worlds} --seed ${luck.seed}`, scenario = quoted(LIVE.scenario);
  if (actors.length === 0) return `doctrine run ${scenario} ${which}`;
  if (actors.length > 1) return "";
  const whose = actors[0] === "us" ? "" : ` --actor ${actors[0]}`;
  return `doctrine compare ${scenario} own ${quoted(spelt(actors[0]))}${whose} ${which}`;
}

/* --- what is set, on the page --- */

function choose(actor, name) {
  set[actor] = { base: name, dials: {} };
  set[actor].dials = { ...start(actor) };
  ask();
}

function turn(actor, name, value) {
  const { dials } = set[actor];
  if (!name.startsWith(SHARES)) dials[name] = value;
  else share(dials, name, value);
  ask();
}

/* A share of one whole takes from the others, or gives to them, in proportion. */
function share(dials, name, value) {
  const others = Object.keys(dials).filter((one) => one.startsWith(SHARES) && one !== name);
  const before = others.reduce((sum, one) => sum + dials[one], 0), left = 1 - value;
  for (const one of others) dials[one] = Number((before ? (dials[one] / before) * left : left / others.length).toFixed(DIGITS));
  const largest = others.reduce((most, one) => (dials[one] > dials[most] ? one : most));
  const rest = others.filter((one) => one !== largest).reduce((sum, one) => sum + dials[one], 0);
  dials[largest] = Number((left - rest).toFixed(DIGITS));
  dials[name] = value;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/* A dial is drawn as the four of the page are. */
function slider(actor, { name, label, help }) {
  const id = `${actor}-${name}`;
  const input = element("input", { type: "range", id, min: 0, max: 1, step: 0.01 });
  input.addEventListener("input", () => turn(actor, name, Number(input.value)));
  input.setAttribute("aria-describedby", `${id}-help`);
  const top = element("label", { htmlFor: id }, element("span", { textContent: label }), element("output", { id: `${id}-value`, htmlFor: id }));
  return element("div", { className: "dial" }, top, input, element("p", { className: "note", id: `${id}-help`, textContent: help }));
}

function chooser(actor) {
  const { key, presets, called: own } = actor, id = `${key}-preset`;
  const options = [[OWN_NAME, `${own} (the scenario\u2019s own)`], ...presets.map(({ name, called: text }) => [name, text])];
  const select = element("select", { id }, ...options.map(([value, text]) => element("option", { value, textContent: text })));
  select.addEventListener("change", () => choose(key, select.value));
  return element("div", {}, element("label", { htmlFor: id, textContent: "Doctrine " }), select, element("p", { className: "note", id: `${id}-summary` }));
}

function panel(actor) {
  const us = actor.key === "us", others = actor.dials.filter(({ name }) => !us || !DATA.dials.some((dial) => dial.name === name));
  return element("details", {},
    element("summary", { textContent: us ? "Washington: every other dial" : `${actor.name}: doctrine and dials` }),
    ...(us ? [] : [chooser(actor)]), ...others.map((dial) => slider(actor.key, dial)));
}

function showSet() {
  for (const actor of LIVE.actors) {
    const { base, dials } = set[actor.key];
    for (const { name } of actor.dials) {
      const input = $(`${actor.key}-${name}`);
      if (!input) continue;
      input.value = dials[name];
      $(`${actor.key}-${name}-value`).textContent = dials[name].toFixed(2);
    }
    const select = $(`${actor.key}-preset`);
    if (!select) continue;
    select.value = base;
    $(`${actor.key}-preset-summary`).textContent = actor.presets.find(({ name }) => name === base)?.summary ?? "";
  }
  DATA.dials.forEach(({ name }, dial) => setDial(dial, set.us.dials[name]));
  const alone = changed().filter((actor) => actor !== "us").length === 0;
  const whole = apart("us", start("us")).length ? -1 : DATA.presets.findIndex(({ name }) => name === set.us.base);
  state.preset = alone && whole >= 0 ? whole : null;
  const elsewhere = apart("us", ACTORS.us.own).some(([name]) => !DATA.dials.some((dial) => dial.name === name));
  live.beyond = !alone || luck.seed !== LIVE.seed || (state.preset === null && elsewhere);
  const typed = command();
  $("command").textContent = typed || "More than one actor is changed: a scenario file of your own says it, see doctrine check.";
}

/* --- the model --- */

function ask() {
  latest += 1;
  live.found = null;
  live.about = "Computing\u2026";
  showSet();
  show();
  worker.postMessage({ kind: "ask", id: latest, text: question() });
}

function answered(answer) {
  const found = JSON.parse(answer), scales = DATA.series.map(({ scale }) => scale);
  live.found = {
    outcomes: found.mean.map((mean, k) => ({ mean, own: found.base[k], difference: mean - found.base[k], half: found.half[k] })),
    fans: found.fans.map((lines, k) => lines.map((line) => line.map((value) => scales[k] * value))),
    bases: found.bases.map((line, k) => line.map((value) => scales[k] * value)),
    name: changed().length ? "as set" : "the scenario",
  };
  const names = changed().map((actor) => `${ACTORS[actor].name}: ${called(actor)}`).join("; ");
  live.about = found.worlds < found.of
    ? `Computing in this page: ${number(found.worlds, 0)} of ${number(found.of, 0)} worlds so far, seed ${luck.seed}.`
    : `Computed in this page by the model itself: ${names || "the scenario as it is"}, in ${number(found.worlds, 0)} worlds, ` +
      `seed ${luck.seed}, counted from ${found.since} on.`;
  $("results").dataset.worlds = found.worlds;
  show();
}

function ready(seconds) {
  live.ready = true;
  live.turn = (dial, value) => turn("us", DATA.dials[dial].name, value);
  live.choose = (preset) => choose("us", DATA.presets[preset].name);
  if (state.preset !== null && DATA.presets[state.preset].name !== OWN_NAME) choose("us", DATA.presets[state.preset].name);
  else DATA.dials.forEach(({ name }, dial) => { set.us.dials[name] = state.point[dial]; });
  document.body.classList.add("live");
  for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;
  said(`The model runs in this page (it took ${seconds.toFixed(0)} s to start): every number is computed here, by the code of the command line.`);
  ask();
}

function said(text) {
  $("model-state").textContent = text;
}

function failed(why) {
  said(`The model cannot run in this browser (${why}). The worlds that were computed before are below, all of them.`);
}

function story(text) {
  const names = ["As the scenario has it", changed().length ? changed().map((actor) => `${ACTORS[actor].name}: ${called(actor)}`).join("; ") : ""];
  const parts = JSON.parse(text).slice(0, changed().length ? 2 : 1).map((chapters, k) => element("div", {},
    element("h3", { textContent: names[k] }),
    element("dl", {}, ...chapters.flatMap(([month, sentences]) => [
      element("dt", { textContent: month }), element("dd", { textContent: sentences.join(" ") })]))));
  $("story").replaceChildren(...parts);
  $("story").removeAttribute("aria-busy");
  $("story-state").textContent = `World ${$("world").value} of seed ${luck.seed}, told.`;
}

const ON = {
  ready: ({ seconds }) => ready(seconds),
  answer: ({ id, answer }) => { if (id === latest) answered(answer); },
  story: ({ story: text }) => story(text),
  failed: ({ during, why }) => (during === "start" ? failed(why) : said(`The model stopped: ${why}`)),
};

/* The files that the page holds, each in a comment: a name, a blank, and bytes as text. */
function held() {
  const found = {}, comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const text = comments.currentNode.data;
    if (!text.startsWith(LIVE.mark)) continue;
    const blank = text.indexOf(" ");
    found[text.slice(LIVE.mark.length, blank)] = text.slice(blank + 1);
  }
  return found;
}

function begin() {
  const lacks = ["Worker", "WebAssembly", "DecompressionStream"].filter((name) => !(name in window));
  if (lacks.length) {
    failed(`it has no ${lacks.join(", ")}`);
    return;
  }
  worker = new Worker(URL.createObjectURL(new Blob([$("worker").textContent], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => ON[data.kind]?.(data);
  worker.onerror = (event) => failed(event.message);
  worker.postMessage({ kind: "start", packed: held() });
}

$("panels").append(...LIVE.actors.map(panel));
$("seed").addEventListener("change", () => {
  if ($("seed").checkValidity() && $("seed").value !== "") {
    luck.seed = Number($("seed").value);
    ask();
  } else $("seed").value = luck.seed;
});
$("worlds").addEventListener("change", () => { luck.worlds = Number($("worlds").value); ask(); });
$("tell").addEventListener("click", () => {
  if (!$("world").checkValidity() || $("world").value === "") {
    $("story-state").textContent = `World: a whole number from 0 to ${$("world").max}.`;
    return;
  }
  $("story").setAttribute("aria-busy", "true");
  $("story-state").textContent = "Living through it\u2026";
  worker.postMessage({ kind: "tell", id: latest, text: question(), world: Number($("world").value) });
});
setTimeout(begin);
