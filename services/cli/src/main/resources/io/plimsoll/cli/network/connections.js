"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const SHOWN_MAX = 400;
  const filter = document.getElementById("filter");
  const maybe = document.getElementById("maybe");
  const list = document.getElementById("list");
  const count = document.getElementById("count");
  const from = document.getElementById("from");
  const to = document.getElementById("to");
  const reasons = document.getElementById("reasons");
  const peers = Array.from(document.querySelectorAll(".peer"));
  const lines = Array.from(document.querySelectorAll("path.line"));
  let chosen = "";

  function add(parent, tag, text, style) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (style) { element.className = style; }
    parent.appendChild(element);
    return element;
  }

  function ports(row) {
    const unsure = row[3] && maybe.checked ? "not certain: " + row[3] : "";
    return [row[2], unsure].filter(Boolean).join(", ");
  }

  function asked(row) {
    const text = (row[0] + " " + row[1] + " " + row[2] + " " + row[3]).toLowerCase();
    return (row[2] || maybe.checked)
      && filter.value.toLowerCase().split(/\s+/).every(word => text.includes(word))
      && (!chosen || row[0] === chosen || row[1] === chosen);
  }

  function show() {
    const rows = data.connections.filter(asked);
    const narrowed = Boolean(chosen || filter.value || !maybe.checked);
    const ends = new Set();
    const pairs = new Set();
    rows.forEach(row => { ends.add(row[0]); ends.add(row[1]); pairs.add(JSON.stringify([row[0], row[1]])); });
    list.replaceChildren();
    rows.slice(0, SHOWN_MAX).forEach(row => {
      const button = add(list, "button", row[0] + " → " + row[1] + ": " + ports(row));
      button.addEventListener("click", () => explain(row[0], row[1]));
    });
    if (rows.length > SHOWN_MAX) { add(list, "div", (rows.length - SHOWN_MAX) + " more; narrow the filter"); }
    count.textContent = rows.length + " of " + data.connections.length + " pairs";
    peers.forEach(peer => {
      peer.classList.toggle("dim", narrowed && !ends.has(peer.dataset.name));
      peer.classList.toggle("chosen", peer.dataset.name === chosen);
    });
    lines.forEach(line => {
      const one = line.dataset.from !== "";
      line.classList.toggle("dim", narrowed && !(one && pairs.has(JSON.stringify([line.dataset.from, line.dataset.to]))));
    });
  }

  const outside = name => name.endsWith("[External]");

  function alike(one, other) {
    return one === other || outside(one) && outside(other);
  }

  function explain(source, destination) {
    from.value = source;
    to.value = destination;
    reasons.replaceChildren();
    let found = data.explanations.filter(each => each[0] === source && each[1] === destination);
    if (!found.length) {
      found = data.explanations.filter(each => alike(each[0], source) && alike(each[1], destination));
    }
    found.forEach(each => {
      add(reasons, "h2", each[0] + " → " + each[1]);
      each.slice(2).forEach(piece => {
        const text = piece[0].toLowerCase() + ": " + piece[1] + "\n" + data.causes[piece[2]] + "\n" + data.causes[piece[3]];
        add(reasons, "div", text, "piece " + piece[0]);
      });
    });
    if (!found.length) {
      add(reasons, "div", data.all ? "nothing passes between them, and no policy speaks of them"
        : "nothing passes; with so many pairs only the reasons of what passes are in this page");
    }
  }

  const names = new Set();
  data.explanations.forEach(each => { names.add(each[0]); names.add(each[1]); });
  data.connections.forEach(each => { names.add(each[0]); names.add(each[1]); });
  [from, to].forEach(select => {
    add(select, "option", "");
    Array.from(names).sort().forEach(name => add(select, "option", name));
    select.addEventListener("change", () => { if (from.value && to.value) { explain(from.value, to.value); } });
  });
  peers.forEach(peer => peer.addEventListener("click", () => {
    chosen = chosen === peer.dataset.name ? "" : peer.dataset.name;
    show();
  }));
  lines.forEach(line => line.addEventListener("click", () => {
    if (line.dataset.from) { explain(line.dataset.from, line.dataset.to); }
  }));
  filter.addEventListener("input", show);
  maybe.addEventListener("change", show);
  show();
}());
