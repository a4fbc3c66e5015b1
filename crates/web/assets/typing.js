// 入力の一時保存: what is typed into the form of a row is kept while it is typed. Where the line is down the page stays, with what was
// typed, and says so. The words are those of the page and of the answers.
"use strict";

const KEEP_AFTER = 1500; // milliseconds without a key
const KEEP_AT_LAST = 10000; // while somebody types without a pause
const TRY_AGAIN = 5000;
const HERE_EVERY = 30000;
const AWAY_AFTER = 5 * 60000; // without a key or a pointer nobody is said to be here

function keepTyping(form) {
  const line = form.querySelector("[data-typed]");
  const { typed: address, keeping, lost, ended, refused } = line.dataset;
  const list = form.querySelector(".beside-now");
  let kept = fieldsOf(form);
  let soon, late, again, paused = false, stopped = false, sending, moved = Date.now();

  const say = (text, state) => {
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = state;
  };
  const tell = (sentences) => {
    const shown = Array.from(list.children, (item) => item.textContent);
    if (shown.join("\n") === sentences.join("\n")) return;
    list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  };
  const settle = () => {
    [soon, late, again].forEach(clearTimeout);
    soon = late = again = undefined;
  };

  // Whether all that stands in the form is kept now.
  async function keep() {
    settle();
    await sending;
    const fields = fieldsOf(form);
    if (stopped || fields === kept) return !stopped;
    say(keeping, "keeping");
    sending = keepFields(fields);
    return sending;
  }
  async function keepFields(fields) {
    try {
      const answer = await send(address, fields);
      if (stopped) return answer.ok;
      if (answer.ok) {
        const told = await answer.json();
        kept = fields;
        say(told.kept ?? "", "kept");
        tell(told.beside);
        if (fieldsOf(form) !== fields) later();
        return true;
      }
      if (answer.status === 401) {
        stop();
        say(ended, "lost");
      } else if (answer.status >= 500 || [408, 429].includes(answer.status)) {
        missed();
      } else {
        stop();
        say(refused, "lost");
      }
    } catch {
      missed();
    }
    return false;
  }
  function missed() {
    if (stopped) return;
    say(lost, "lost");
    again = setTimeout(keep, TRY_AGAIN);
  }
  function later() {
    if (paused || again) return;
    clearTimeout(soon);
    soon = setTimeout(keep, KEEP_AFTER);
    late ??= setTimeout(keep, KEEP_AT_LAST);
  }
  async function here() {
    if (document.hidden || Date.now() - moved > AWAY_AFTER) return;
    try {
      const answer = await send(address, new URLSearchParams({ do: "here", base: form.elements.base.value }).toString());
      if (answer.ok && !stopped) tell((await answer.json()).beside);
    } catch {
      // The next key says whether the line is down.
    }
  }
  const active = () => { moved = Date.now(); };
  const typed = () => { active(); later(); };
  const hidden = () => { if (document.hidden) keep(); };
  // A request that outlives the page takes what was typed last, and says that nobody is here any more.
  const gone = () => {
    const fields = fieldsOf(form);
    if (fields !== kept) send(address, fields, true).catch(() => {});
    send(address, "do=leave", true).catch(() => {});
  };
  const ask = (event) => { if (line.dataset.state === "lost" && fieldsOf(form) !== kept) event.preventDefault(); };
  const every = setInterval(here, HERE_EVERY);
  const heard = [
    [form, "input", typed], [document, "pointerdown", active], [document, "visibilitychange", hidden],
    [window, "pagehide", gone], [window, "beforeunload", ask],
  ];
  heard.forEach(([at, name, hear]) => at.addEventListener(name, hear));

  function stop() {
    stopped = true;
    settle();
    clearInterval(every);
    heard.forEach(([at, name, hear]) => at.removeEventListener(name, hear));
  }
  return {
    keep,
    stop,
    /** While the form itself is on its way. */
    pause() {
      paused = true;
      settle();
    },
    /** It did not arrive: what stands in it is kept as soon as that is possible. */
    resume() {
      paused = false;
      missed();
    },
    leave() {
      stop();
      send(address, "do=leave").catch(() => {});
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

// A form on a page of its own. What was typed is kept first: where that does not arrive, the form would not either.
function sendOnceKept(form) {
  const keeping = keepTyping(form);
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    keeping.pause();
    try {
      await send(form.querySelector("[data-typed]").dataset.typed, fieldsOf(form));
    } catch {
      sending = false;
      return keeping.resume();
    }
    keeping.stop();
    form.submit();
  });
}

if (!document.querySelector("[data-plan]")) sendOnceKept(document.querySelector("#row-form"));
