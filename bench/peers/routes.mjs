// What the JavaScript peers share: the same work and the same answers as the native ones.
export const HELLO = { message: "Hello, World!" };

// `/users/42?verbose=true` → its view, or undefined when a part has the wrong type.
export function userView(target) {
  const mark = target.indexOf("?");
  const id = target.slice("/users/".length, mark === -1 ? undefined : mark);
  const verbose = mark === -1 ? null : new URLSearchParams(target.slice(mark + 1)).get("verbose");
  if (!/^[0-9]{1,15}$/.test(id) || (verbose !== "true" && verbose !== "false")) return undefined;
  return { user_id: Number(id), verbose: verbose === "true" };
}

// A JSON text → the user in it, or undefined when it has the wrong shape.
export function user(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { user_id, active, name } = value ?? {};
  if (!Number.isSafeInteger(user_id) || typeof active !== "boolean" || typeof name !== "string") return undefined;
  return { user_id, active, name };
}

export function auth(authorization = "", cookie = "", requestId = "") {
  return { authorized: authorization === "Bearer bench-token", session: session(cookie), request_id: requestId };
}

function session(cookie) {
  for (const pair of cookie.split(";")) {
    const trimmed = pair.trim();
    if (trimmed.startsWith("session=")) return trimmed.slice("session=".length);
  }
  return "";
}
