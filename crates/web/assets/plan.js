// 計画の編集: rows are edited, moved and dragged where they stand. Everything here is also done by plain links and forms; where the
// server says something unexpected, the browser goes the plain way.
"use strict";

// The browser sends the form, and shows what the server says to it.
function sendByItself(address, fields) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: address });
  for (const [name, value] of new URLSearchParams(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}

// ---- Rows are edited where they stand ----

const plan = document.querySelector("[data-plan]");
const status = plan.querySelector("[data-said]");
let open; // the row that is edited: { id, frame, cell, form, keeping }
let busy = false; // something is on its way that changes the page

function tellAll(sentence) {
  status.textContent = "";
  status.textContent = sentence;
}

function rowOf(id) {
  return plan.querySelector(`tr[data-row="${CSS.escape(id)}"][data-move]`);
}

// One thing after the other: what is asked for meanwhile is not done.
async function alone(act) {
  if (busy) return;
  busy = true;
  try {
    await act();
  } finally {
    busy = false;
  }
}

async function pageAt(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return undefined;
  return parsed(await answer.text());
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

async function openRow(link) {
  if (open && !(await open.keeping.keep())) return;
  let page;
  try {
    page = await pageAt(link.href);
  } catch {
    return tellAll(plan.dataset.unreachable);
  }
  if (!page?.querySelector("#row-form")) return location.assign(link.href);
  closeRow();
  const row = link.closest("tr");
  const cell = Object.assign(document.createElement("td"), { colSpan: row.cells.length });
  cell.setAttribute("role", "cell");
  const frame = Object.assign(document.createElement("tr"), { className: "row-in-place" });
  frame.setAttribute("role", "row");
  frame.append(cell);
  row.after(frame);
  row.hidden = true;
  open = { id: row.dataset.row, frame, cell };
  fill(page);
  open.form.elements.text.focus();
}

// Puts what a page says of the row into its place.
function fill(page) {
  const wanted = ["#conflict-box", "#typing-kept", "#before-box", "#row-form"];
  const parts = wanted.map((name) => page.querySelector(name)).filter((part) => part);
  open.keeping?.stop();
  open.cell.replaceChildren(...parts.map((part) => document.importNode(part, true)));
  open.form = open.cell.querySelector("#row-form");
  open.keeping = keepTyping(open.form);
  open.form.addEventListener("submit", (event) => {
    event.preventDefault();
    alone(saveRow);
  });
  open.cell.querySelector("[data-back]")?.addEventListener("click", (event) => {
    event.preventDefault();
    alone(goBack);
  });
  open.cell.querySelector("#typing-kept form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    alone(() => discard(event.target));
  });
}

function closeRow() {
  if (!open) return;
  open.keeping.leave();
  open.frame.remove();
  const row = rowOf(open.id);
  if (row) row.hidden = false;
  open = undefined;
}

// Without saving: what was typed is kept where that can be done, and the row stands again.
async function goBack() {
  const { id, keeping } = open;
  await keeping.keep();
  closeRow();
  focusAt(id);
}

// What was typed is put away, and the row is read again.
async function discard(form) {
  open.keeping.pause();
  try {
    await send(form.action, fieldsOf(form));
    const page = await pageAt(rowOf(open.id).querySelector(".edit-row").href);
    if (!page?.querySelector("#row-form")) return location.reload();
    fill(page);
    open.form.elements.text.focus();
  } catch {
    open.keeping.resume();
  }
}

async function saveRow() {
  const { id, form, keeping } = open;
  const fields = fieldsOf(form);
  keeping.pause();
  form.inert = true;
  let answer, page;
  try {
    answer = await send(form.action, fields);
    page = answer.status === 422 ? parsed(await answer.text()) : undefined;
  } catch {
    form.inert = false;
    keeping.resume();
    return;
  }
  if (answer.type === "opaqueredirect") {
    closeRow();
    await renew(id, plan.dataset.saved);
  } else if (page?.querySelector("#row-form")) {
    fill(page);
    const alert = open.cell.querySelector("[role=alert]");
    alert?.setAttribute("tabindex", "-1");
    alert?.focus();
  } else {
    keeping.stop();
    sendByItself(form.action, fields);
  }
}

// ---- The page as it is now, without losing one's place ----

async function renew(id, said) {
  const page = await pageAt(location.pathname + location.search).catch(() => undefined);
  if (!page?.querySelector("[data-plan]")) return location.reload();
  // A row that is open stays so, with what was typed.
  open?.frame.remove();
  for (const name of [".plan-parts", "[data-plan-head]", "[data-plan-tools]"]) {
    const [old, now] = [document.querySelector(name), page.querySelector(name)];
    if (old && now) old.replaceChildren(...document.importNode(now, true).childNodes);
  }
  const row = open && rowOf(open.id);
  if (row) {
    row.after(open.frame);
    row.hidden = true;
  } else if (open) {
    plan.querySelector(".plan-parts").before(open.frame);
  }
  dress();
  tellAll(said);
  focusAt(id);
}

function focusAt(id, name = ".edit-row") {
  const row = rowOf(id);
  const at = row?.querySelector(name) ?? row?.querySelector(".edit-row");
  row?.scrollIntoView({ block: "nearest" });
  at?.focus({ preventScroll: true });
}

async function move(address, fields, id, name) {
  let answer;
  try {
    answer = await send(address, fields);
  } catch {
    return tellAll(plan.dataset.failed);
  }
  if (answer.type !== "opaqueredirect") return sendByItself(address, fields);
  await renew(id, plan.dataset.moved);
  if (name) focusAt(id, name);
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
  return { section, mark: at, kind: "drop-before", after: rows[rows.indexOf(at) - 1]?.dataset.row ?? section.dataset.before ?? "first" };
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
    const { move: address, row } = dragged.dataset;
    alone(() => move(address, fields.toString(), row));
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
    alone(() => openRow(link));
  });
  plan.addEventListener("submit", (event) => {
    const form = event.target.closest(".move-row");
    if (!form) return;
    event.preventDefault();
    const name = form.elements.to.value === "up" ? ".move-up" : ".move-down";
    alone(() => move(form.action, fieldsOf(form), form.closest("tr").dataset.row, name));
  });
  plan.addEventListener("keydown", (event) => {
    // Escape also ends the conversion of what is typed in Japanese.
    const converts = event.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && !converts && open?.cell.contains(event.target)) alone(goBack);
  });
}

dress();
listenToRows();
listenToDragging();
