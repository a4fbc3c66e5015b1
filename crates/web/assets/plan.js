// 計画の編集: what is typed is kept while it is typed, rows are edited, moved and dragged where they stand. Everything here is
// also done by plain links and forms; where anything is unexpected, the browser goes their way.
"use strict";

const KEEP_AFTER = 1500; // milliseconds without a key
const KEEP_AT_LAST = 10000; // while somebody types without a pause
const HERE_EVERY = 30000;
const AWAY_AFTER = 5 * 60000; // without a key or a pointer nobody is said to be here

// ---- What is typed is kept ----

function keepTyping(form) {
  const line = form.querySelector("[data-typed]");
  if (!line) return { stop() {} };
  const { typed: address, keeping, lost, ended, refused } = line.dataset;
  const list = form.querySelector(".beside-now");
  let kept = fieldsOf(form);
  let soon, late, wait, stopped = false, sending = false, moved = Date.now();

  const say = (text, state) => {
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = state;
  };
  const tell = (sentences) => {
    const shown = Array.from(list.children, (item) => item.textContent);
    if (shown.join("\n") === sentences.join("\n")) return;
    list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  };

  async function keep() {
    clearTimeout(soon);
    clearTimeout(late);
    soon = late = wait = undefined;
    const fields = fieldsOf(form);
    if (stopped || fields === kept) return;
    if (sending) return later();
    sending = true;
    say(keeping, "keeping");
    try {
      const answer = await send(address, fields);
      if (stopped) return;
      if (answer.ok) {
        const told = await answer.json();
        kept = fields;
        say(told.kept, "kept");
        tell(told.beside);
      } else if (answer.status === 401) {
        stop();
        say(ended, "lost");
      } else if (answer.status >= 500 || answer.status === 429) {
        again();
      } else {
        stop();
        say(refused, "lost");
      }
    } catch {
      again();
    } finally {
      sending = false;
    }
  }
  function again() {
    if (stopped) return;
    say(lost, "lost");
    wait = setTimeout(keep, 5000);
  }
  function later() {
    clearTimeout(soon);
    soon = setTimeout(keep, KEEP_AFTER);
    late ??= setTimeout(keep, KEEP_AT_LAST);
  }
  async function here() {
    if (stopped || document.hidden || Date.now() - moved > AWAY_AFTER) return;
    try {
      const answer = await send(address, new URLSearchParams({ do: "here", base: form.elements.base?.value ?? "" }).toString());
      if (answer.ok && !stopped) tell((await answer.json()).beside);
    } catch {
      // The next key says whether the line is gone.
    }
  }
  // What was typed last is sent with a request that outlives the page.
  async function leave() {
    const fields = fieldsOf(form);
    if (!stopped && fields !== kept) await send(address, fields, true).catch(() => {});
  }
  const typed = () => { moved = Date.now(); if (!wait) later(); };
  const active = () => { moved = Date.now(); };
  const hidden = () => { if (document.hidden) leave(); };
  const gone = async () => {
    if (stopped) return;
    const left = leave();
    send(address, "do=leave", true).catch(() => {});
    await left;
  };
  const every = setInterval(here, HERE_EVERY);

  form.addEventListener("input", typed);
  document.addEventListener("pointerdown", active);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", gone);
  function stop() {
    stopped = true;
    [soon, late, wait].forEach(clearTimeout);
    clearInterval(every);
    form.removeEventListener("input", typed);
    document.removeEventListener("pointerdown", active);
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", gone);
  }
  return {
    stop,
    close() {
      const left = gone();
      stop();
      return left;
    },
  };
}

function fieldsOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function send(address, fields, keepalive = false) {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return fetch(address, { method: "POST", headers, body: fields, keepalive, redirect: "manual", cache: "no-store" });
}

// ---- Rows are edited where they stand ----

const plan = document.querySelector("[data-plan]");
const status = plan?.querySelector("[data-said]");
let open; // the row that is edited: { id, row, frame, cell, form, keeping }

async function pageAt(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return undefined;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function openRow(link) {
  const page = await pageAt(link.href).catch(() => undefined);
  const form = page?.querySelector("#row-form");
  if (!form) return location.assign(link.href);
  closeRow();
  const row = link.closest("tr");
  const cell = document.createElement("td");
  cell.colSpan = row.cells.length;
  cell.setAttribute("role", "cell");
  const frame = document.createElement("tr");
  frame.setAttribute("role", "row");
  frame.className = "row-in-place";
  frame.append(cell);
  row.after(frame);
  row.hidden = true;
  open = { row, frame, cell, id: row.dataset.row };
  fill(page);
  open.form.elements.text.focus();
}

// Puts what a page says of the row into its place.
function fill(page) {
  const wanted = ["#conflict-box", "#typing-kept", "#before-box", "#row-form"];
  const parts = wanted.map((name) => page.querySelector(name)).filter((part) => part);
  open.cell.replaceChildren(...parts.map((part) => document.importNode(part, true)));
  open.form = open.cell.querySelector("#row-form");
  open.keeping = keepTyping(open.form);
  open.form.addEventListener("submit", saveRow);
  open.cell.querySelector("[data-back]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const { id } = open;
    closeRow();
    focusAt(id);
  });
  open.cell.querySelector("#typing-kept form")?.addEventListener("submit", discard);
}

// What was typed is put away, and the row is read again.
async function discard(event) {
  event.preventDefault();
  open.keeping.stop();
  const link = open.row.querySelector(".edit-row");
  await send(event.target.action, fieldsOf(event.target)).catch(() => {});
  await openRow(link);
}

function closeRow() {
  if (!open) return undefined;
  const { keeping, frame, row } = open;
  frame.remove();
  row.hidden = false;
  open = undefined;
  return keeping.close();
}

async function saveRow(event) {
  event.preventDefault();
  const { form, keeping, id } = open;
  keeping.stop();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const byItself = () => { button.disabled = false; form.removeEventListener("submit", saveRow); form.submit(); };
  try {
    const answer = await send(form.action, fieldsOf(form));
    if (answer.type === "opaqueredirect") {
      open = undefined;
      await renew(id, plan.dataset.saved);
    } else if (answer.status === 422) {
      fill(new DOMParser().parseFromString(await answer.text(), "text/html"));
      const alert = open.cell.querySelector("[role=alert]");
      alert?.setAttribute("tabindex", "-1");
      alert?.focus();
    } else {
      byItself();
    }
  } catch {
    byItself();
  }
}

// ---- The page as it is now, without losing one's place ----

async function renew(id, said) {
  const edited = open?.id;
  await closeRow();
  const page = await pageAt(location.pathname + location.search);
  const fresh = page?.querySelector("[data-plan]");
  if (!fresh) return location.reload();
  const names = [".plan-parts", "[data-plan-head]", "[data-plan-tools]"];
  for (const name of names) {
    const [old, now] = [document.querySelector(name), page.querySelector(name)];
    if (old && now) old.replaceChildren(...document.importNode(now, true).childNodes);
  }
  dress();
  status.textContent = "";
  status.textContent = said;
  focusAt(id);
  // Another row that was open stays so, with what was typed.
  const link = edited && plan.querySelector(`tr[data-row="${CSS.escape(edited)}"] .edit-row`);
  if (link) await openRow(link);
}

function focusAt(id, name = ".edit-row") {
  const row = plan.querySelector(`tr[data-row="${CSS.escape(id)}"][data-move]`);
  const at = row?.querySelector(name) ?? row?.querySelector(".edit-row");
  row?.scrollIntoView({ block: "nearest" });
  at?.focus({ preventScroll: true });
}

async function move(address, fields, id, name) {
  try {
    const answer = await send(address, fields);
    if (answer.type !== "opaqueredirect") return sendByItself(address, fields);
    await renew(id, plan.dataset.moved);
    if (name) focusAt(id, name);
  } catch {
    status.textContent = plan.dataset.failed;
  }
}

// The browser sends the form, and shows what the server says to it.
function sendByItself(address, fields) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of new URLSearchParams(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}

// ---- Rows are dragged ----

let dragged; // the row

// A handle at each row that may be moved.
function dress() {
  for (const row of plan.querySelectorAll("tr[data-move]")) {
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.draggable = true;
    handle.setAttribute("aria-hidden", "true");
    handle.title = plan.dataset.drag;
    row.querySelector(".c-number").append(handle);
  }
}

function unmark() {
  plan.querySelectorAll(".drop-before, .drop-after, .drop-here").forEach((at) => at.classList.remove("drop-before", "drop-after", "drop-here"));
}

// Where a row would come down: before or behind another, or at the end of a section without rows.
function spot(event) {
  const section = event.target.closest?.("[data-section]");
  if (!section) return undefined;
  const rows = Array.from(section.querySelectorAll("tr[data-row]"));
  const at = event.target.closest("tr[data-row]");
  if (!at) return { section, mark: section, kind: "drop-here", after: rows.at(-1)?.dataset.row ?? "" };
  const box = at.getBoundingClientRect();
  if (event.clientY > box.top + box.height / 2) return { section, mark: at, kind: "drop-after", after: at.dataset.row };
  return { section, mark: at, kind: "drop-before", after: rows[rows.indexOf(at) - 1]?.dataset.row ?? "first" };
}

function listenToDragging() {
  plan.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.(".handle")?.closest("tr");
    if (!row) return;
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.row);
    event.dataTransfer.setDragImage(row, 0, 0);
    row.classList.add("dragged");
  });
  plan.addEventListener("dragover", (event) => {
    const at = dragged && spot(event);
    if (!at) return;
    event.preventDefault();
    unmark();
    at.mark.classList.add(at.kind);
  });
  plan.addEventListener("drop", (event) => {
    const at = dragged && spot(event);
    if (!at) return;
    event.preventDefault();
    if (at.after === dragged.dataset.row) return;
    const fields = new URLSearchParams({ to: "after", section: at.section.dataset.section, after: at.after });
    move(dragged.dataset.move, fields.toString(), dragged.dataset.row);
  });
  plan.addEventListener("dragend", () => {
    unmark();
    dragged?.classList.remove("dragged");
    dragged = undefined;
  });
}

function listenToRows() {
  plan.addEventListener("click", (event) => {
    const link = event.target.closest(".edit-row");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openRow(link);
  });
  plan.addEventListener("submit", (event) => {
    const form = event.target.closest(".move-row");
    if (!form) return;
    event.preventDefault();
    const name = form.elements.to.value === "up" ? ".move-up" : ".move-down";
    move(form.action, fieldsOf(form), form.closest("tr").dataset.row, name);
  });
  plan.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open?.cell.contains(event.target)) {
      const { id } = open;
      closeRow();
      focusAt(id);
    }
  });
}

if (plan) {
  dress();
  listenToRows();
  listenToDragging();
} else {
  const form = document.querySelector("#row-form");
  if (form) {
    const keeping = keepTyping(form);
    form.addEventListener("submit", () => keeping.stop());
  }
}
