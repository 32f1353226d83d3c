// The sandbox's control API, as this page uses it. Nothing else in the page knows a URL.

/** A refusal by the sandbox, or none at all: `status` is 0 when it could not be reached. */
export class SandboxError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, {
      method,
      headers: body && !form ? { "Content-Type": "application/json" } : {},
      body: form ? body : body && JSON.stringify(body),
    });
  } catch {
    throw new SandboxError(0, "The demo is not running.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const why = [answer.description, answer.error, answer.detail].find((text) => typeof text === "string");
    throw new SandboxError(response.status, why ?? `The demo answered ${response.status}.`);
  }
  return answer;
}

/** The bot and the demo as that runner sees them: commands and descriptions follow their language. */
export const getState = (runner) => call("GET", `state?runner=${runner}`);

export const getTranscript = (runner, after) => call("GET", `runners/${runner}/transcript?after=${after}`);

/** Do something as a runner: text, tap, location, photo, voice, sticker, edit, block, unblock. */
export const act = (runner, what, body = {}) => call("POST", `runners/${runner}/${what}`, body);

/** Name a runner, which also makes one that is not there yet. */
export const putRunner = (runner, fields) => call("POST", `runners/${runner}`, fields);

export function sendDocument(runner, file, caption) {
  const form = new FormData();
  form.append("file", file, file.name);
  if (caption) form.append("caption", caption);
  return call("POST", `runners/${runner}/document`, form);
}

export const moveClock = (move) =>
  call("POST", "clock", { move, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });

/**
 * Follow a runner's chat until the returned function is called. EventSource's own retry keeps the old
 * address and gives up on an error page, so a lost stream is opened anew, from the newest `since()`.
 */
export function follow(runner, { since, changed, up, down }) {
  let source;
  let timer;
  const open = () => {
    source = new EventSource(`/sandbox/runners/${runner}/events?after=${since()}`);
    source.addEventListener("open", up);
    source.addEventListener("change", changed);
    source.addEventListener("error", () => {
      source.close();
      down();
      timer = setTimeout(open, 1000);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
