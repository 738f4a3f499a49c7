
"use strict";
(() => {
  const network = JSON.parse(document.getElementById("network").textContent);
  const at = (id) => document.getElementById(id);
  const canvas = at("map"), pen = canvas.getContext("2d");
  const MOST_FOUND = 50, FEW = 150, NAMES_FROM = 0.9, STEP = 60, ZOOM = 1.3;

  // --- what is drawn -----------------------------------------------------------------------------------
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'\u2018\u2019\u02bc`]/g, "").toLowerCase();
  const nodes = network.nodes.map(([name, kind, member, communities, x, y, people], number) => ({
    number, name, kind, member, communities, x, y, people, words: fold(name), links: [], shown: true,
  }));
  const links = network.links.map(([left, right, said, confirmed]) => ({ left: nodes[left], right: nodes[right], said, confirmed }));
  for (const link of links) {
    link.left.links.push({ other: link.right, link });
    link.right.links.push({ other: link.left, link });
  }
  const isPerson = (node) => network.kinds[node.kind][0] === "person";
  for (const node of nodes) {
    node.size = (isPerson(node) ? 5 : 8) + Math.floor(Math.min(node.links.length, 24) / 4);
  }
  const drawnLast = [...nodes].sort((one, other) => isPerson(other) - isPerson(one) || one.links.length - other.links.length);

  // --- how it is looked at -----------------------------------------------------------------------------
  const view = { x: 0, y: 0, scale: 1 };
  let chosen = null, near = null, waiting = false, dark = matchMedia("(prefers-color-scheme: dark)").matches;

  const seen = () => ({ wide: canvas.clientWidth, high: canvas.clientHeight });
  const onScreen = (node) => [(node.x - view.x) * view.scale, (node.y - view.y) * view.scale];

  function fit() {
    const { wide, high } = seen();
    const right = Math.max(1, ...nodes.map((node) => node.x)) + 60, down = Math.max(1, ...nodes.map((node) => node.y)) + 60;
    view.scale = Math.min(2, Math.max(0.02, Math.min(wide / right, high / down)));
    view.x = (right - wide / view.scale) / 2;
    view.y = (down - high / view.scale) / 2;
    redraw();
  }

  function zoom(by, x = seen().wide / 2, y = seen().high / 2) {
    const scale = Math.min(8, Math.max(0.02, view.scale * by));
    view.x += x / view.scale - x / scale;
    view.y += y / view.scale - y / scale;
    view.scale = scale;
    redraw();
  }

  function move(x, y) {
    view.x += x / view.scale;
    view.y += y / view.scale;
    redraw();
  }

  function bringIn(node) {
    const { wide, high } = seen();
    view.scale = Math.max(view.scale, 1);
    view.x = node.x - wide / 2 / view.scale;
    view.y = node.y - high / 2 / view.scale;
    redraw();
  }

  // --- drawing -----------------------------------------------------------------------------------------
  function redraw() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(draw);
    }
  }

  function shape(on, node, x, y, size) {
    on.beginPath();
    if (isPerson(node)) on.arc(x, y, size, 0, 2 * Math.PI);
    else on.rect(x - size, y - size, 2 * size, 2 * size);
  }

  function line(link, width) {
    pen.lineWidth = width;
    pen.setLineDash(link.confirmed ? [] : [4, 4]);
    pen.beginPath();
    pen.moveTo(...onScreen(link.left));
    pen.lineTo(...onScreen(link.right));
    pen.stroke();
  }

  function draw() {
    waiting = false;
    const { wide, high } = seen(), dots = window.devicePixelRatio || 1, style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink"), paper = style.getPropertyValue("--paper"), accent = style.getPropertyValue("--accent");
    canvas.width = wide * dots;
    canvas.height = high * dots;
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.clearRect(0, 0, wide, high);
    const lit = chosen || near, beside = new Set(lit ? [lit, ...lit.links.map((one) => one.other)] : []);
    pen.strokeStyle = style.getPropertyValue("--line");
    for (const link of links) {
      pen.globalAlpha = link.left.shown && link.right.shown ? (lit ? 0.25 : 0.8) : 0.05;
      line(link, 1);
    }
    pen.globalAlpha = 1;
    if (lit) {
      pen.strokeStyle = accent;
      for (const { link } of lit.links) line(link, 2);
    }
    pen.setLineDash([]);
    const grown = Math.sqrt(Math.min(Math.max(view.scale, 0.3), 2)), names = [];
    for (const node of drawnLast) {
      const [x, y] = onScreen(node), size = node.size * grown;
      if (x < -200 || y < -40 || x > wide + 40 || y > high + 40) continue;
      pen.globalAlpha = node.shown ? (lit && !beside.has(node) ? 0.35 : 1) : 0.08;
      pen.fillStyle = network.kinds[node.kind][dark ? 2 : 1];
      shape(pen, node, x, y, size);
      pen.fill();
      if (node === lit || (node.member && !isPerson(node))) {
        pen.lineWidth = node === lit ? 4 : 2;
        pen.strokeStyle = node === lit ? accent : ink;
        shape(pen, node, x, y, size + 2);
        pen.stroke();
      }
      if (node.shown && (beside.has(node) || (!lit && (nodes.length <= FEW || view.scale >= NAMES_FROM || (!isPerson(node) && view.scale > 0.25))))) {
        names.push([node, x + size + 4, y + 4]);
      }
    }
    pen.globalAlpha = 1;
    pen.font = "12px system-ui, Arial, sans-serif";
    pen.lineWidth = 3;
    pen.strokeStyle = paper;
    pen.fillStyle = ink;
    const boxes = nodes.filter((node) => node.shown).map((node) => {
      const [x, y] = onScreen(node), size = node.size * grown;
      return [x - size, y, x + size];
    });
    const taken = [];
    const free = (begin, y, end, boxed) => !boxed.some(([left, top, right]) => begin < right && left < end && Math.abs(top - y) < 13);
    for (const [node, x, y] of names.reverse()) {
      const label = node.people ? `${node.name} (${node.people})` : node.name, wide = pen.measureText(label).width;
      const left = x - 2 * node.size * grown - 8 - wide;
      const begin = [x, left].find((one) => free(one, y, one + wide, taken) && (!isPerson(node) || free(one, y, one + wide, boxes)));
      if (begin === undefined && !beside.has(node)) continue;
      const there = begin ?? x;
      taken.push([there, y, there + wide]);
      pen.strokeText(label, there, y);
      pen.fillText(label, there, y);
    }
  }

  // --- in words ----------------------------------------------------------------------------------------
  function made(tag, text, parts = []) {
    const element = document.createElement(tag);
    element.textContent = text;
    element.append(...parts);
    return element;
  }

  function button(node, said = "") {
    const found = made("button", said ? `${node.name}, ${said}` : node.name);
    found.type = "button";
    found.addEventListener("click", () => choose(node, true));
    return made("li", "", [found]);
  }

  function card() {
    const node = chosen || near, box = at("card");
    box.hidden = !node;
    if (!node) return;
    const kind = network.kinds[node.kind][0], parts = [made("h2", node.name)];
    parts.push(made("p", [kind, node.member ? (isPerson(node) ? "of a network member" : "network member") : "", node.people].filter(Boolean).join(", ")));
    if (node.communities.length) parts.push(made("p", `Works with: ${node.communities.map((place) => network.communities[place]).join(", ")}`));
    parts.push(made("p", node.links.length === 1 ? "1 link" : `${node.links.length} links`));
    if (chosen) {
      const theirs = [...node.links].sort((one, other) => one.other.words < other.other.words ? -1 : 1).slice(0, MOST_FOUND);
      parts.push(made("ul", "", theirs.map(({ other, link }) => button(other, link.confirmed ? link.said : `${link.said}, not confirmed`))));
    }
    box.replaceChildren(...parts);
  }

  function choose(node, bring) {
    chosen = node;
    near = null;
    card();
    if (node && bring) bringIn(node);
    else redraw();
  }

  function passes(node) {
    const words = fold(at("find").value).split(/\s+/).filter(Boolean);
    const community = at("community").value, kind = at("kind").value, member = at("member").value;
    return words.every((word) => node.words.includes(word))
      && (community === "" || node.communities.includes(Number(community)))
      && (kind === "" || node.kind === Number(kind))
      && (member === "" || node.member === Number(member));
  }

  // whose names begin as what is looked for come first
  function inOrder() {
    const begun = fold(at("find").value).trim(), later = (node) => Number(!node.words.startsWith(begun));
    return nodes.filter((node) => node.shown).sort((one, other) => later(one) - later(other) || (one.words < other.words ? -1 : 1));
  }

  function filter() {
    const any = ["find", "community", "kind", "member"].some((id) => at(id).value.trim() !== "");
    for (const node of nodes) node.shown = passes(node);
    const found = inOrder();
    at("found").replaceChildren(...(any ? found.slice(0, MOST_FOUND).map((node) => button(node)) : []));
    const more = any && found.length > MOST_FOUND ? `; the first ${MOST_FOUND} are listed` : "";
    at("status").textContent = any ? `${found.length} of ${nodes.length} found${more}` : `${nodes.length} shown`;
    if (chosen && !chosen.shown) choose(null, false);
    redraw();
    return found;
  }

  function step(by) {
    const shown = inOrder();
    if (!shown.length) return;
    const place = shown.indexOf(chosen);
    choose(shown[place < 0 ? (by > 0 ? 0 : shown.length - 1) : (place + by + shown.length) % shown.length], true);
  }

  // --- hands -------------------------------------------------------------------------------------------
  function under(event) {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let best = null, least = 14 * 14;
    for (const node of nodes) {
      const [left, top] = onScreen(node), far = (left - x) ** 2 + (top - y) ** 2;
      if (node.shown && far < least) [best, least] = [node, far];
    }
    return best;
  }

  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      const found = under(event);
      if (found !== near) {
        near = found;
        if (!chosen) card();
        redraw();
      }
      return;
    }
    const here = [event.clientX, event.clientY], other = [...fingers].find(([id]) => id !== event.pointerId);
    moved += Math.abs(here[0] - before[0]) + Math.abs(here[1] - before[1]);
    if (other) {
      const box = canvas.getBoundingClientRect(), apart = (one) => Math.hypot(one[0] - other[1][0], one[1] - other[1][1]) || 1;
      zoom(apart(here) / apart(before), (here[0] + other[1][0]) / 2 - box.left, (here[1] + other[1][1]) / 2 - box.top);
    } else {
      move(before[0] - here[0], before[1] - here[1]);
    }
    fingers.set(event.pointerId, here);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (end === "pointerup" && moved < 5) choose(under(event), false);
    });
  }
  canvas.addEventListener("pointerleave", () => {
    near = null;
    if (!chosen) card();
    redraw();
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY);
  }, { passive: false });

  const keys = {
    ArrowLeft: () => move(-STEP, 0), ArrowRight: () => move(STEP, 0), ArrowUp: () => move(0, -STEP), ArrowDown: () => move(0, STEP),
    "+": () => zoom(ZOOM), "=": () => zoom(ZOOM), "-": () => zoom(1 / ZOOM), 0: fit, n: () => step(1), p: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT)$/.test(event.target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      at("find").value = "";
      choose(null, false);
      filter();
      canvas.focus();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      at("find").focus();
    } else if (!typing && Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  at("filters").addEventListener("input", filter);
  at("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = filter();
    if (first) choose(first, true);
  });
  at("nearer").addEventListener("click", () => zoom(ZOOM));
  at("further").addEventListener("click", () => zoom(1 / ZOOM));
  at("all").addEventListener("click", fit);
  at("theme").addEventListener("click", () => paint(!dark));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => paint(event.matches));
  new ResizeObserver(redraw).observe(canvas);

  // --- beginning ---------------------------------------------------------------------------------------
  function paint(inDark) {
    dark = inDark;
    document.documentElement.classList.toggle("dark", dark);
    at("legend").replaceChildren(...network.kinds.map(([name, light, night], kind) => {
      const sign = document.createElement("canvas"), on = sign.getContext("2d");
      sign.width = sign.height = 16;
      on.fillStyle = dark ? night : light;
      shape(on, { kind }, 8, 8, 6);
      on.fill();
      return made("li", "", [sign, made("span", name)]);
    }));
    redraw();
  }
  network.communities.forEach((name, place) => at("community").append(new Option(name, place)));
  network.kinds.forEach(([name], place) => at("kind").append(new Option(name, place)));
  paint(dark);
  filter();
  fit();
})();
