/* Numbers: arrays out of base64, multilinear interpolation as in sim/browser/atlas/interpolation.py, digits as the error warrants. */
"use strict";

function unpacked(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Kind(bytes.buffer);
}

/* The cell of a value, and how far into it the value lies. */
function place(levels, value) {
  let cell = 0;
  while (cell < levels.length - 2 && value >= levels[cell + 1]) cell += 1;
  return [cell, (value - levels[cell]) / (levels[cell + 1] - levels[cell])];
}

/* The nodes around a point and their weights; nodes without weight are left out. */
function corners(levels, point) {
  const cells = point.map((value, dial) => place(levels[dial], value));
  const found = [];
  for (let ends = 0; ends < 1 << cells.length; ends += 1) {
    let node = 0, weight = 1;
    cells.forEach(([cell, part], dial) => {
      const end = (ends >> (cells.length - 1 - dial)) & 1;
      node = node * levels[dial].length + cell + end;
      weight *= end ? part : 1 - part;
    });
    if (weight) found.push([node, weight]);
  }
  return found;
}

/* `width` values a node, from a flat array of nodes. */
function interpolate(values, width, around) {
  const total = new Float64Array(width);
  for (const [node, weight] of around) {
    for (let k = 0; k < width; k += 1) total[k] += weight * values[node * width + k];
  }
  return total;
}

/* Decimals that show a number known to within `error` with its first uncertain digit (sim.basics.labels.decimals). */
function decimals(error, most = 4) {
  if (!Number.isFinite(error) || error <= 0) return most;
  return Math.min(Math.max(-Math.floor(Math.log10(error)), 0), most);
}

function number(value, digits) {
  const rounded = Number(value.toFixed(digits)) + 0;
  const text = rounded.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return text.replace("-0", (zero) => (rounded === 0 ? "0" : zero)).replace("-", "\u2212");
}

function signed(value, digits) {
  const text = number(value, digits);
  return Number(value.toFixed(digits)) > 0 ? "+" + text : text;
}
