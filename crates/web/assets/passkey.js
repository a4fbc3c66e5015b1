// Passkeys. Asks the server what to ask the device, asks the device, and sends its answer by the form around the button. Nothing is
// decided here: the server believes an answer or does not. Without this file both pages do all else that they do.
'use strict';

(() => {
  if (!window.PublicKeyCredential || !window.fetch || !navigator.credentials) return;

  /** From base64url (RFC 4648 5) to bytes, and back. */
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  /** What a device is asked for a new key, and what it answers. */
  const make = async (asked) => {
    const known = asked.excludeCredentials.map((key) => ({ type: key.type, id: bytes(key.id) }));
    const user = { ...asked.user, id: bytes(asked.user.id) };
    const publicKey = { ...asked, challenge: bytes(asked.challenge), user, excludeCredentials: known };
    const made = await navigator.credentials.create({ publicKey });
    const { clientDataJSON, attestationObject } = made.response;
    return written(made, { clientDataJSON, attestationObject });
  };

  /** What a device is asked by whoever wants in, and what it answers. */
  const prove = async (asked) => {
    const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: [] };
    const made = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
    return written(made, { clientDataJSON, authenticatorData, signature, userHandle });
  };

  const written = (made, parts) => {
    const filled = Object.entries(parts).filter(([, part]) => part);
    const response = Object.fromEntries(filled.map(([name, part]) => [name, text(part)]));
    return JSON.stringify({ type: made.type, id: made.id, rawId: text(made.rawId), response });
  };

  class Refused extends Error {}

  const leave = () => {
    window.location.reload();
    return new Promise(() => {});
  };

  const sent = (form) => {
    form.submit();
    return new Promise(() => {});
  };

  /** What the server wants the device to be asked. Throws the server's own sentence where it has one. */
  const ask = async (form) => {
    const told = await fetch(form.dataset.asks, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    // The session has run out: the page itself leads to the door, and back.
    if (told.status === 401) return leave();
    const asked = await told.json();
    // The server wants a proof first: the form is sent without an answer, and the form for the proof carries what was typed.
    if (asked.proof) return sent(form);
    if (!told.ok) throw new Refused(asked.fault);
    return asked;
  };

  /** The sentences for what goes wrong here stand in the page, in its language. */
  const sentence = (form, fault) => {
    if (fault instanceof Refused) return fault.message;
    if (fault.name === 'InvalidStateError') return form.dataset.known;
    return ['NotAllowedError', 'AbortError'].includes(fault.name) ? form.dataset.cancelled : form.dataset.failed;
  };

  const prepare = (form) => {
    const alert = form.querySelector('[role=alert]');
    let busy = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      alert.hidden = true;
      try {
        const asked = await ask(form);
        form.elements.answer.value = await (form.dataset.passkey === 'make' ? make(asked) : prove(asked));
        form.submit();
      } catch (fault) {
        alert.textContent = sentence(form, fault);
        alert.hidden = false;
        busy = false;
      }
    });
    form.hidden = false;
  };

  document.querySelectorAll('form[data-passkey]').forEach(prepare);
  document.querySelectorAll('[data-without-passkey]').forEach((note) => { note.hidden = true; });
})();
