/* Charts: SVG by hand. Every colour comes from the style sheet, every text is set as text. */
"use strict";

const SVG = document.querySelector("svg").namespaceURI;

function drawn(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

function emptied(element) {
  element.replaceChildren();
  return element;
}

/* A difference as a bar from zero, with its interval as a whisker; `scale` is the half width of the axis. */
function bar(svg, difference, half, scale) {
  const at = (value) => 50 + 48 * Math.max(-1, Math.min(1, value / scale));
  const percent = (value) => `${value}%`;
  const [low, high] = [at(Math.min(0, difference)), at(Math.max(0, difference))];
  emptied(svg).append(
    drawn("rect", { x: percent(low), width: percent(high - low), y: 6, height: 16, class: difference > 0 ? "above" : "below" }),
    drawn("line", { x1: "50%", x2: "50%", y1: 0, y2: 28, class: "zero" }),
  );
  if (!(half > 0)) return;
  const ends = [at(difference - half), at(difference + half)];
  svg.append(drawn("line", { x1: percent(ends[0]), x2: percent(ends[1]), y1: 14, y2: 14, class: "whisker" }));
  for (const end of ends) svg.append(drawn("line", { x1: percent(end), x2: percent(end), y1: 9, y2: 19, class: "whisker" }));
}

const FAN = { width: 340, height: 200, left: 46, right: 8, top: 12, bottom: 26 };

/* Round steps of an axis that ends at `top`. */
function steps(low, high) {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough);
  const found = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) found.push(tick);
  return [found, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))];
}

/* Bands by month: `lines` are mean, p05, p25, p75, p95; `own` is the mean of the doctrine compared with. */
function fan(svg, lines, own, months, low, high, names) {
  const { width, height, left, right, top, bottom } = FAN;
  const x = (month) => left + (month / Math.max(months.length - 1, 1)) * (width - left - right);
  const y = (value) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom);
  const path = (values) => "M" + Array.from(values, (value, month) => `${x(month).toFixed(1)} ${y(value).toFixed(1)}`).join("L");
  const area = (under, over) => path(over) + "L" + path(Array.from(under)).slice(1).split("L").reverse().join("L") + "Z";
  emptied(svg);
  const [ticks, digits] = steps(low, high);
  for (const tick of ticks) {
    svg.append(
      drawn("line", { x1: left, x2: width - right, y1: y(tick), y2: y(tick), class: "rule" }),
      drawn("text", { x: left - 6, y: y(tick) + 4, class: "end" }, number(tick, digits)),
    );
  }
  svg.append(
    drawn("path", { d: area(lines[1], lines[4]), class: "band" }),
    drawn("path", { d: area(lines[2], lines[3]), class: "half" }),
    drawn("path", { d: path(own), class: "own" }),
    drawn("path", { d: path(lines[0]), class: "mean" }),
  );
  label(svg, names, [lines[0], own], x(months.length - 1), y);
  svg.append(
    drawn("text", { x: left, y: height - 8 }, months[0]),
    drawn("text", { x: width - right, y: height - 8, class: "end" }, months[months.length - 1]),
  );
}

/* Name both lines above their ends, apart from each other. */
function label(svg, names, lines, x, y) {
  const ends = lines.map((line) => y(line[line.length - 1]));
  const same = Math.abs(ends[0] - ends[1]) < 1;
  const first = Math.min(Math.max(ends[0] <= ends[1] ? ends[0] - 7 : ends[0] + 16, 22), FAN.height - FAN.bottom - 4);
  svg.append(drawn("text", { x: x - 2, y: first, class: "end name" }, names[0]));
  if (same) return;
  let second = ends[0] <= ends[1] ? ends[1] + 16 : ends[1] - 7;
  second = Math.min(Math.max(second, 14), FAN.height - FAN.bottom - 4);
  if (Math.abs(second - first) < 15) second = first + (second < first || first + 15 > FAN.height - FAN.bottom ? -15 : 15);
  svg.append(drawn("text", { x: x - 2, y: second, class: "end other" }, names[1]));
}

const MAP = { width: 340, left: 58, top: 8, right: 6, bottom: 46, cell: 48 };

/* A value for every pair of nodes of two dials, coloured by its difference; `here` is the pair the dials stand at. */
function map(svg, rows, across, up, names, here) {
  const { width, left, top, right, bottom, cell } = MAP;
  const wide = (width - left - right) / across.length, height = top + bottom + cell * up.length;
  emptied(svg).setAttribute("viewBox", `0 0 ${width} ${height}`);
  rows.forEach((row, j) => {
    const y = top + cell * (up.length - 1 - j);
    svg.append(drawn("text", { x: left - 6, y: y + cell / 2 + 5, class: "end" }, up[j].toFixed(2)));
    row.forEach(({ text, shade }, i) => {
      const kind = shade > 0 ? "above" : "below";
      svg.append(
        drawn("rect", { x: left + i * wide, y, width: wide - 2, height: cell - 2, class: "ground" }),
        drawn("rect", { x: left + i * wide, y, width: wide - 2, height: cell - 2, class: kind, opacity: 0.6 * Math.abs(shade) }),
        drawn("text", { x: left + (i + 0.5) * wide - 1, y: y + cell / 2 + 5, class: "middle" }, text),
      );
    });
  });
  across.forEach((value, i) => {
    svg.append(drawn("text", { x: left + (i + 0.5) * wide - 1, y: height - bottom + 16, class: "middle" }, value.toFixed(2)));
  });
  const y = top + cell * (up.length - 1 - here[1]);
  svg.append(
    drawn("rect", { x: left + here[0] * wide + 1, y: y + 1, width: wide - 4, height: cell - 4, class: "here" }),
    drawn("text", { x: left + (width - left - right) / 2, y: height - 8, class: "middle name" }, names[0] + " \u2192"),
    drawn("text", { x: 12, y: top + (cell * up.length) / 2, class: "middle name", transform: `rotate(-90 12 ${top + (cell * up.length) / 2})` }, names[1] + " \u2192"),
  );
}
