/* The worker: starts Python out of what the page holds, and answers for the model. Nothing is asked of the network. */
"use strict";

const PLACE = "page:/", PACKAGES = "/lib/python3.12/site-packages";
let model = null, question = null;

async function unpacked(text) {
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function start(packed) {
  const began = performance.now(), files = {};
  for (const [name, text] of Object.entries(packed)) files[name] = await unpacked(text);
  /* Pyodide's loader asks for its files by `fetch`: it gets those of the page, and there are no others. */
  self.fetch = async (address) => {
    const name = String(address).replace(PLACE, "");
    if (!(name in files)) throw new Error(`the page does not hold ${name}`);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "content-type": type } });
  };
  importScripts(URL.createObjectURL(new Blob([files.script], { type: "text/javascript" })));
  const python = await loadPyodide({
    indexURL: PLACE, lockFileURL: `${PLACE}pyodide-lock.json`, stdLibURL: `${PLACE}python_stdlib.zip`, stdout: () => {},
  });
  for (const name of ["packages", "core"]) python.unpackArchive(files[name], "zip", { extractDir: PACKAGES });
  const inside = python.pyimport("sim.browser.page.inside");
  self.stories = (text) => inside.stories(model, text);
  model = inside.Page(new TextDecoder().decode(files.scenario));
  postMessage({ kind: "ready", seconds: (performance.now() - began) / 1000 });
}

/* Block by block: between two of them a newer question takes the place of this one. */
async function work() {
  while (question) {
    const { id } = question, answer = model.advance();
    postMessage({ kind: "answer", id, answer });
    await new Promise((next) => setTimeout(next));
    const { worlds, of } = JSON.parse(answer);
    if (question.id === id && worlds === of) question = null;
  }
}

const DO = {
  start: ({ packed }) => start(packed),
  ask(data) {
    const idle = !question;
    question = data;
    model.ask(data.text);
    if (idle) return work();
  },
  tell({ id, text, world }) { postMessage({ kind: "story", id, story: model.tell(text, world) }); },
  stories({ id, text }) { postMessage({ kind: "stories", id, stories: self.stories(text) }); },
};

self.onmessage = async ({ data }) => {
  try {
    await DO[data.kind](data);
  } catch (error) {
    const lines = String(error.message || error).trim().split("\n");
    postMessage({ kind: "failed", during: data.kind, why: lines[lines.length - 1] });
  }
};
