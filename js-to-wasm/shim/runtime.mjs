// What handlers find in every program, for Node: the same names with the same meaning as in a compiled handler. Emitted modules
// import from here; the runner beside this file makes requests and reads responses. Only `fetchSync` touches the network.

import { createHash, createHmac, createPublicKey, randomBytes, randomUUID, sign as signBytes, timingSafeEqual as sameBytes, verify as verifyBytes } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";

const native = {
  Array: globalThis.Array,
  JSON: globalThis.JSON,
  Map: globalThis.Map,
  Set: globalThis.Set,
  URL: globalThis.URL,
  TextEncoder: globalThis.TextEncoder,
  TextDecoder: globalThis.TextDecoder,
};

/** Ends the request with a 500: what a fault is in a compiled handler. */
function fault(message) {
  throw new Error(message);
}

// ---- values -------------------------------------------------------------------------------------------------------------

/** Lists the numbers from start to end, in steps. */
export function range(...bounds) {
  if (bounds.length === 0) return undefined;
  const [first, second, third] = bounds.map((bound) => bound | 0);
  const [start, end] = bounds.length === 1 ? [0, first] : [first, second];
  const step = third === undefined || third === 0 ? 1 : third;
  const list = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) list.push(i);
  return list;
}

export const comptime = (value) => value;

const resultMethods = {
  isOk() { return this.ok; },
  isErr() { return !this.ok; },
  unwrap() { return this.ok ? this.value : fault("`unwrap` of a Result that is an error"); },
  unwrapOr(other) { return this.ok ? this.value : other; },
  unwrapErr() { return this.ok ? fault("`unwrapErr` of a Result that is no error") : this.error ?? this.errors; },
  map(f) { return this.ok ? Result.ok(f(this.value)) : this; },
  mapErr(f) { return this.ok ? this : Result.err(f(this.error)); },
};

/** A Result that fails with a list of what is wrong. */
const violations = (errors) => Object.assign(Object.create(resultMethods), { ok: false, errors });

export const Result = {
  ok: (value) => Object.assign(Object.create(resultMethods), { ok: true, value }),
  err: (error) => Object.assign(Object.create(resultMethods), { ok: false, error }),
};

export const JSON = {
  parse(text) {
    const parsed = JSON.tryParse(text);
    return parsed.ok ? parsed.value : undefined;
  },
  tryParse(text) {
    try {
      return Result.ok(native.JSON.parse(text));
    } catch {
      return Result.err("invalid JSON");
    }
  },
  stringify: (value, replacer, indent) => native.JSON.stringify(value, replacer, indent),
};

/** Lists have no holes: what was not given is `undefined`. */
export function Array(...items) {
  const [length] = items;
  const counts = items.length === 1 && typeof length === "number";
  return counts ? new native.Array(length).fill(undefined) : items;
}
Array.from = (source, map) => native.Array.from(source, map);
Array.isArray = native.Array.isArray;
Array.of = (...items) => items;

export function Map(entries) { return new native.Map(entries); }
Map.groupBy = (items, key) => {
  const groups = new native.Map();
  let index = 0;
  for (const item of items) {
    const name = key(item, index++);
    if (groups.has(name)) groups.get(name).push(item);
    else groups.set(name, [item]);
  }
  return groups;
};
export function Set(values) { return new native.Set(values); }

// Node 20 has no algebra of sets yet.
const algebra = {
  union(other) { return new native.Set([...this, ...other.keys()]); },
  intersection(other) {
    return new native.Set(this.size <= other.size ? [...this].filter((key) => other.has(key)) : [...other.keys()].filter((key) => this.has(key)));
  },
  difference(other) { return new native.Set([...this].filter((key) => !other.has(key))); },
  symmetricDifference(other) {
    return new native.Set([...[...this].filter((key) => !other.has(key)), ...[...other.keys()].filter((key) => !this.has(key))]);
  },
  isSubsetOf(other) { return [...this].every((key) => other.has(key)); },
  isSupersetOf(other) { return [...other.keys()].every((key) => this.has(key)); },
  isDisjointFrom(other) { return ![...this].some((key) => other.has(key)); },
};
for (const [name, method] of Object.entries(algebra)) {
  native.Set.prototype[name] ?? Object.defineProperty(native.Set.prototype, name, { value: method });
}

// Node 20 has no grouping of objects yet.
Object.groupBy ??= (items, key) => Object.fromEntries(Map.groupBy(items, (item, index) => String(key(item, index))));

/** A factory for each typed array. */
const typedArray = (Type) => {
  const factory = (...parts) => new Type(...parts);
  factory.from = (...parts) => Type.from(...parts);
  factory.of = (...parts) => Type.of(...parts);
  factory.BYTES_PER_ELEMENT = Type.BYTES_PER_ELEMENT;
  return factory;
};
export const Int8Array = typedArray(globalThis.Int8Array);
export const Uint8Array = typedArray(globalThis.Uint8Array);
export const Uint8ClampedArray = typedArray(globalThis.Uint8ClampedArray);
export const Int16Array = typedArray(globalThis.Int16Array);
export const Uint16Array = typedArray(globalThis.Uint16Array);
export const Int32Array = typedArray(globalThis.Int32Array);
export const Uint32Array = typedArray(globalThis.Uint32Array);
export const Float32Array = typedArray(globalThis.Float32Array);
export const Float64Array = typedArray(globalThis.Float64Array);

export function TextEncoder() { return { encode: (text) => new native.TextEncoder().encode(text) }; }
export function TextDecoder() { return { decode: (bytes) => new native.TextDecoder().decode(bytes) }; }

/** The parts of an absolute URL, undefined if the text is none. */
export function URL(text, base) {
  try {
    const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = new native.URL(text, base);
    return { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash };
  } catch {
    return undefined;
  }
}
URL.canParse = (text, base) => URL(text, base) !== undefined;

/** Where `console` writes; the runner replaces it. */
export const sink = { write: (level, line) => (level === "error" || level === "warn" ? process.stderr : process.stdout).write(`${line}\n`) };
const shown = (value) => (typeof value === "string" ? value : value instanceof Error ? String(value) : value == undefined ? "undefined" : (native.JSON.stringify(value) ?? String(value)));
/** The host keeps what follows a NUL for the fields of a line. */
const withoutNul = (text) => text.replaceAll("\0", "\u2400");
const logger = (level) => (...values) => sink.write(level, withoutNul(values.map((value) => (typeof value === "number" ? String(value) : shown(value))).join(" ")));
export const console = { log: logger("log"), info: logger("info"), debug: logger("debug"), warn: logger("warn"), error: logger("error") };

// ---- requests and responses ---------------------------------------------------------------------------------------------

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_METHODS = ["append", "delete", "get", "has", "set"];

/** Headers are plain fields with lower-case names; the methods do not show. Names of methods are kept apart. */
const headerMethods = {
  get(name) { const values = stored(this, name); return values?.at(-1); },
  has(name) { return stored(this, name) !== undefined; },
  set(name, value) { store(this, name, [valid(name, value)]); },
  append(name, value) {
    const old = stored(this, name);
    const text = valid(name, value);
    // Each cookie stands on a line of its own; everything else is one list.
    if (String(name).toLowerCase() === "set-cookie") store(this, name, [...(old ?? []), text]);
    else store(this, name, [old === undefined ? text : `${old.join(", ")}, ${text}`]);
  },
  delete(name) {
    const key = String(name).toLowerCase();
    delete this[key];
    hidden.get(this)?.delete(key);
  },
};
const hidden = new WeakMap();

function stored(headers, name) {
  const key = String(name).toLowerCase();
  const several = hidden.get(headers)?.get(key);
  if (several !== undefined) return several;
  return Object.hasOwn(headers, key) && headers[key] !== undefined ? [headers[key]] : undefined;
}

function store(headers, name, values) {
  const key = String(name).toLowerCase();
  if (values.length > 1 || HEADER_METHODS.includes(key)) hidden.get(headers).set(key, values);
  if (!HEADER_METHODS.includes(key)) headers[key] = values.at(-1);
}

function valid(name, value) {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  const trimmed = typeof text === "string" ? text.replace(/^[\t ]+|[\t ]+$/g, "") : "\0";
  if (!TOKEN.test(String(name)) || /[\x00-\x08\x0a-\x1f\x7f]/.test(trimmed)) fault("Header name/value is invalid");
  return trimmed;
}

/** Every line of a set of headers, in the order in which the names were first set. */
export function headerLines(headers) {
  const names = [...Object.keys(headers), ...[...(hidden.get(headers)?.keys() ?? [])].filter((name) => !Object.hasOwn(headers, name))];
  return names.flatMap((name) => (stored(headers, name) ?? []).map((value) => [name, valid(name, value)]));
}

export function Headers(init) {
  const headers = Object.create(headerMethods);
  hidden.set(headers, new native.Map());
  if (init == undefined) return headers;
  const pairs = Array.isArray(init) ? init : hidden.has(init) ? headerLines(init) : Object.entries(init);
  for (const [name, value] of pairs) if (value !== undefined) headers.append(name, value);
  return headers;
}

/** `text()` and `json()`, once. */
function readers(message, body) {
  let used = false;
  const take = () => {
    if (used) throw new TypeError("Body has already been consumed");
    used = true;
    return body() ?? "";
  };
  Object.defineProperties(message, {
    text: { value: take },
    json: { value: () => JSON.parse(take()) },
  });
  return message;
}

function query(search) {
  const result = Object.create(null);
  for (const part of search.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const [key, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    Object.defineProperty(result, formDecode(key), { value: formDecode(value), enumerable: true, writable: true, configurable: true });
  }
  return result;
}

/** `+` is a space, broken escapes stay, bytes that are no UTF-8 become U+FFFD. */
function formDecode(text) {
  const bytes = Buffer.from(text.replaceAll("+", " "), "utf8");
  const out = [];
  for (let i = 0; i < bytes.length; i++) {
    const digits = bytes.subarray(i + 1, i + 3).toString("latin1");
    if (bytes[i] === 0x25 && /^[0-9A-Fa-f]{2}$/.test(digits)) {
      out.push(parseInt(digits, 16));
      i += 2;
    } else out.push(bytes[i]);
  }
  return Buffer.from(out).toString("utf8");
}

export function Request(url, init) {
  const [path, ...rest] = url.split("#")[0].split("?");
  const search = rest.join("?");
  const request = {
    method: (init?.method ?? "GET").toUpperCase(),
    url,
    path,
    query: query(search),
    headers: Headers(init?.headers),
    body: init?.body,
  };
  return readers(request, () => request.body);
}

/** Marks what a handler may return. */
const RESPONSE = Symbol("response");

function response(body, type, init) {
  const status = init?.status ?? 200;
  if (!Number.isInteger(status) || status < 200 || status > 599) fault("a status is an integer from 200 to 599");
  if (body !== undefined && body !== null && typeof body !== "string") fault("a body must be a string");
  const headers = Headers(init?.headers);
  if (type !== undefined && !headers.has("content-type")) headers.set("content-type", type);
  const result = {
    status,
    statusText: init?.statusText ?? STATUS_CODES[status] ?? "",
    ok: status >= 200 && status <= 299,
    headers,
    body: body ?? undefined,
  };
  Object.defineProperty(result, RESPONSE, { value: true });
  return readers(result, () => result.body);
}

export function Response(body, init) { return response(body, "text/plain; charset=utf-8", init); }
Response.json = (data, init) => response(data === undefined ? "{}" : JSON.stringify(data), "application/json", init);
Response.text = (text, init) => response(text, "text/plain; charset=utf-8", init);
Response.html = (text, init) => response(text, "text/html; charset=utf-8", init);
Response.rawJson = (text, init) => response(text, "application/json", init);
Response.redirect = (url, status) => response(undefined, undefined, { status: status ?? 302, headers: { location: url } });
/** `callback` gets a writer with `write(text)` and, for server-sent events, `event({ event, id, retry, data })`. */
Response.stream = (callback, init) => {
  const result = response(undefined, "text/plain; charset=utf-8", init);
  Object.defineProperty(result, "stream", { value: callback });
  return result;
};

export const isResponse = (value) => typeof value === "object" && value !== null && value[RESPONSE] === true;

/** The whole body of a response; a stream is run to its end, and `begin` called before its first text. */
export function bodyOf(answer, begin = () => {}) {
  if (answer.stream === undefined) return answer.body ?? "";
  let body = "";
  const write = (text) => {
    if (body === "" && `${text}` !== "") begin();
    body += text;
  };
  const line = (name, value) => {
    if (value === undefined || value === null) return "";
    if (/[\r\n\0]/.test(String(value))) fault(`\`${name}\` of an event is one line`);
    return `${name}: ${value}\n`;
  };
  const event = ({ event, id, retry, data }) => {
    const time = retry ?? 0;
    if (!Number.isInteger(time) || time < 0 || time >= 1e15) fault("`retry` of an event is a whole number of milliseconds");
    const lines = data === undefined ? "" : String(data).split(/\r\n|\r|\n/).map((text) => `data: ${text}\n`).join("");
    write(`${line("event", event)}${line("id", id)}${line("retry", retry)}${lines}\n`);
  };
  answer.stream({ write, event });
  return body;
}

// ---- requests to others -------------------------------------------------------------------------------------------------

/** Answers by URL in place of the network, for tests: `{ status, headers, body, delay }` or `{ error, details, delay }`. */
export const network = { answers: undefined };

/** Runs `fetch` on another thread, so that this one can wait. */
const SENDER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { flag, port } = workerData;
  const send = async ({ url, method, headers, body, most }) => {
    let response;
    try {
      response = await fetch(url, { method, headers, body, redirect: "manual", signal: AbortSignal.timeout(30000) });
    } catch (error) {
      return { error: "ConnectFailed", details: String(error?.cause?.message ?? error?.message ?? error) };
    }
    try {
      const bytes = Buffer.from(await response.arrayBuffer());
      if (bytes.length > most) return { error: "ResponseTooLarge", details: "the answer is longer than allowed" };
      return { status: response.status, headers: [...response.headers], body: bytes.toString("utf8") };
    } catch (error) {
      return { error: "ResponseReadFailed", details: String(error?.message ?? error) };
    }
  };
  parentPort.on("message", async ({ id, request }) => {
    port.postMessage({ id, outcome: await send(request) });
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  });
`;
let sender;
function worker() {
  if (sender === undefined) {
    const flag = new globalThis.Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    const thread = new Worker(SENDER, { eval: true, workerData: { flag, port: port2 }, transferList: [port2] });
    thread.unref();
    port1.unref();
    sender = { flag, port: port1, thread, outcomes: new native.Map() };
  }
  return sender;
}

const clock = { now: 0 };
let exchanges = 0;

/** Starts a request and gives its handle. */
function start(request) {
  const id = ++exchanges;
  if (network.answers === undefined) {
    worker().thread.postMessage({ id, request });
    return { id };
  }
  const answer = network.answers[request.url] ?? { error: "ConnectFailed", details: "no such host" };
  return { id, when: clock.now + (answer.delay ?? 0), outcome: { ...answer, headers: Object.entries(answer.headers ?? {}) } };
}

/** Takes what has come in, and waits for more if `ready` is not true yet. */
function collect(ready) {
  const { flag, port, outcomes } = worker();
  for (;;) {
    const seen = Atomics.load(flag, 0);
    for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) outcomes.set(got.message.id, got.message.outcome);
    if (ready(outcomes)) return outcomes;
    Atomics.wait(flag, 0, seen);
  }
}

function take(exchange) {
  if (exchange.when !== undefined) {
    clock.now = Math.max(clock.now, exchange.when);
    return exchange.outcome;
  }
  const outcomes = collect((known) => known.has(exchange.id));
  const outcome = outcomes.get(exchange.id);
  outcomes.delete(exchange.id);
  return outcome;
}

/** The first of these whose outcome is there. */
function takeAny(list) {
  if (list[0].when !== undefined) return list.reduce((best, next) => (next.when < best.when ? next : best));
  const outcomes = collect((known) => list.some(({ id }) => known.has(id)));
  return list.find(({ id }) => outcomes.has(id));
}

/** How waits are done while branches run. */
let waiting;
const outcomeOf = (exchange) => (waiting === undefined ? take(exchange) : waiting(exchange));

function failure(error, details) {
  const result = response(native.JSON.stringify({ ok: false, error, details }), "application/json", { status: 599, statusText: error });
  return Object.assign(result, { error, details });
}

/** The URL that a request goes to, undefined if there is none. */
function destination(text) {
  const url = URL(text);
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  return `${url.origin}${url.pathname}${url.search}`;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

export function fetchSync(first, second) {
  const init = (typeof first === "object" ? first : second) ?? {};
  const text = typeof first === "object" ? first?.url : first;
  if (typeof text !== "string") return failure("InvalidArgs", "the URL must be a string");
  const url = destination(text);
  if (url === undefined) return failure("InvalidUrl", "this is no http or https URL");
  if (typeof (init.method ?? "GET") !== "string") return failure("InvalidMethod", "the method must be a string");
  const method = (init.method ?? "GET").toUpperCase();
  if (!METHODS.includes(method)) return failure("InvalidMethod", "the method is none of those that can be sent");
  if (typeof (init.headers ?? {}) !== "object") return failure("InvalidHeaders", "headers must be an object of strings");
  const headers = {};
  for (const [name, value] of Object.entries(init.headers ?? {})) {
    if (value === undefined || value === null) continue;
    if (typeof value !== "string" && typeof value !== "number") return failure("InvalidHeaders", "headers must be an object of strings");
    headers[name] = String(value);
  }
  if (typeof (init.body ?? "") !== "string") return failure("InvalidBody", "the body must be a string");
  const most = init.maxResponseBytes ?? init.max_response_bytes ?? 1048576;
  if (!Number.isInteger(most) || most < 1) return failure("InvalidMaxResponseBytes", "maxResponseBytes must be a whole number above 0");
  const answer = outcomeOf(start({ url, method, headers, body: init.body ?? undefined, most }));
  if (answer.error !== undefined) return failure(answer.error, answer.details ?? "");
  return response(answer.body ?? "", undefined, { status: answer.status ?? 200, headers: answer.headers });
}

export function httpRequest(text) {
  const parsed = JSON.tryParse(text);
  const valid = parsed.ok && typeof parsed.value === "object" && parsed.value !== null && !Array.isArray(parsed.value);
  const answer = valid ? fetchSync(parsed.value) : failure("InvalidJson", "httpRequest takes the JSON of an object with a url");
  if (answer.error !== undefined) return native.JSON.stringify({ ok: false, error: answer.error, details: answer.details });
  const { ok, status, statusText: reason, body } = answer;
  return native.JSON.stringify({ ok, status, reason, content_type: answer.headers.get("content-type"), body });
}

/**
 * The group of branches that runs. Each waits on top of those before it, because Node has one stack: a compiled handler goes on with the branch
 * whose answer comes first, so effects of branches that send more than once can come in another order here.
 */
let current;
/** Ends a branch of a race that has lost. */
const GIVEN_UP = Symbol("given up");

function run(name, functions, race) {
  if (!Array.isArray(functions)) fault(`${name}() expects an array of functions, this is ${typeof functions}`);
  if (functions.length > 16) fault(`${name}() takes at most 16 functions`);
  for (const branch of functions) if (typeof branch !== "function") fault(`${typeof branch} is not a function`);
  const group = { functions, race, next: 0, running: 0, results: [], waiting: [], arrived: [], chosen: undefined, outer: current };
  const before = waiting;
  waiting = waitInBranch;
  begin(group);
  current = group.outer;
  waiting = before;
  return group;
}

function begin(group) {
  const running = group.running;
  while (group.next < group.functions.length && group.chosen === undefined) {
    const branch = group.next++;
    group.running = branch;
    current = group;
    let result;
    try {
      result = group.functions[branch]();
    } catch (error) {
      if (error !== GIVEN_UP) throw error;
      continue;
    }
    group.results[branch] = result;
    if (group.race && group.chosen === undefined && !(isResponse(result) && result.status === 599)) group.chosen = branch;
  }
  group.running = running;
}

function waitInBranch(exchange) {
  const group = current;
  if (group === undefined) return take(exchange);
  const branch = group.running;
  group.waiting.push({ branch, exchange });
  for (let open = group; open !== undefined; open = open.outer) begin(open);
  current = group;
  const outcome = group.race ? first(group, branch, exchange) : take(exchange);
  group.waiting = group.waiting.filter((entry) => entry.exchange !== exchange);
  return outcome;
}

function first(group, branch, exchange) {
  for (;;) {
    const place = group.arrived.findIndex((entry) => entry.exchange === exchange);
    if (place >= 0) return group.arrived.splice(place, 1)[0].outcome;
    if (group.chosen !== undefined && group.chosen !== branch) throw GIVEN_UP;
    const open = group.waiting.filter((entry) => group.arrived.every((known) => known.exchange !== entry.exchange));
    const found = takeAny(open.map((entry) => entry.exchange));
    const outcome = take(found);
    if (found === exchange) return outcome;
    if (outcome.error === undefined) group.chosen = open.find((entry) => entry.exchange === found).branch;
    group.arrived.push({ exchange: found, outcome });
  }
}

export const parallel = (functions) => run("parallel", functions, false).results;
export const race = (functions) => {
  const group = run("race", functions, true);
  return group.results[group.chosen ?? 0];
};

// ---- elements -----------------------------------------------------------------------------------------------------------

const VOID = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const RAW_TEXT = ["script", "style"];
const ATTRIBUTES = {
  acceptCharset: "accept-charset",
  accessKey: "accesskey",
  allowFullScreen: "allowfullscreen",
  autoCapitalize: "autocapitalize",
  autoComplete: "autocomplete",
  autoCorrect: "autocorrect",
  autoFocus: "autofocus",
  autoPlay: "autoplay",
  cellPadding: "cellpadding",
  cellSpacing: "cellspacing",
  charSet: "charset",
  className: "class",
  clipPath: "clip-path",
  clipRule: "clip-rule",
  colSpan: "colspan",
  contentEditable: "contenteditable",
  controlsList: "controlslist",
  crossOrigin: "crossorigin",
  dateTime: "datetime",
  defaultChecked: "checked",
  defaultValue: "value",
  encType: "enctype",
  enterKeyHint: "enterkeyhint",
  fillOpacity: "fill-opacity",
  fillRule: "fill-rule",
  fontFamily: "font-family",
  fontSize: "font-size",
  fontWeight: "font-weight",
  formAction: "formaction",
  formEncType: "formenctype",
  formMethod: "formmethod",
  formNoValidate: "formnovalidate",
  formTarget: "formtarget",
  frameBorder: "frameborder",
  hrefLang: "hreflang",
  htmlFor: "for",
  httpEquiv: "http-equiv",
  inputMode: "inputmode",
  itemID: "itemid",
  itemProp: "itemprop",
  itemRef: "itemref",
  itemScope: "itemscope",
  itemType: "itemtype",
  marginHeight: "marginheight",
  marginWidth: "marginwidth",
  maxLength: "maxlength",
  mediaGroup: "mediagroup",
  minLength: "minlength",
  noModule: "nomodule",
  noValidate: "novalidate",
  playsInline: "playsinline",
  popoverTarget: "popovertarget",
  radioGroup: "radiogroup",
  readOnly: "readonly",
  referrerPolicy: "referrerpolicy",
  rowSpan: "rowspan",
  spellCheck: "spellcheck",
  srcDoc: "srcdoc",
  srcLang: "srclang",
  srcSet: "srcset",
  stopColor: "stop-color",
  stopOpacity: "stop-opacity",
  strokeDasharray: "stroke-dasharray",
  strokeLinecap: "stroke-linecap",
  strokeLinejoin: "stroke-linejoin",
  strokeMiterlimit: "stroke-miterlimit",
  strokeOpacity: "stroke-opacity",
  strokeWidth: "stroke-width",
  tabIndex: "tabindex",
  textAnchor: "text-anchor",
  useMap: "usemap",
  xlinkHref: "xlink:href",
  xmlLang: "xml:lang",
};

export const Fragment = undefined;
const ELEMENT = Symbol("element");

export function h(tag, props, ...children) {
  if (typeof tag === "string" && !/^[0-9A-Za-z:-]+$/.test(tag)) fault(`\`${tag}\` is no name of an element`);
  if (!["string", "function", "undefined"].includes(typeof tag)) fault(`${typeof tag} is no component`);
  const element = { [ELEMENT]: true, tag, props: props ?? {}, children: children.flat(Infinity) };
  // As a value, an element is its text.
  return Object.defineProperty(element, "toJSON", { value: () => renderToString(element) });
}

const escapeText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const escapeAttribute = (text) => escapeText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/** Attributes to which `true` and `false` are words. */
const SPELLS_BOOLEANS = ["contenteditable", "draggable", "spellcheck"];

function attribute(written, value) {
  if (written === "children" || written === "key" || written.startsWith("on")) return "";
  // A name that would end the attribute, or begin another, is left out.
  if (/^$|[\0- "'>/=\x7f]/.test(written)) return "";
  const name = Object.hasOwn(ATTRIBUTES, written) ? ATTRIBUTES[written] : written;
  if (typeof value === "boolean" && (name.startsWith("aria-") || SPELLS_BOOLEANS.includes(name))) return ` ${name}="${value}"`;
  if (value === undefined || value === null || value === false) return "";
  if (value === true) return ` ${name}`;
  if (written === "style" && typeof value === "object") return ` style="${escapeAttribute(css(value))}"`;
  if (typeof value !== "string" && typeof value !== "number") fault(`the attribute \`${name}\` is neither text nor a number`);
  return ` ${name}="${escapeAttribute(String(value))}"`;
}

/** `{ backgroundColor: "red" }` as `background-color:red`; numbers are written as they are. */
function css(style) {
  const property = (name) => (name.startsWith("--") ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^ms-/, "-ms-"));
  const entries = Object.entries(style).filter(([, value]) => value !== undefined && value !== null && typeof value !== "boolean");
  return entries.map(([name, value]) => `${property(name)}:${value}`).join(";");
}

const isNothing = (node) => node === undefined || node === null || typeof node === "boolean";
const isText = (node) => typeof node === "string" || typeof node === "number";
const isList = (node) => Array.isArray(node) || ArrayBuffer.isView(node);

/** What a component makes of its properties. */
function called({ tag, props, children }) {
  const { key: _, ...rest } = props;
  return tag(children.length > 0 ? { ...rest, children } : rest);
}

/** The inside of a script or a style: neither its end nor, in a script, the start of a comment, however it is put together. */
function raw(tag, node, before = "") {
  if (isNothing(node)) return before;
  if (isList(node)) return [...node].reduce((text, item) => raw(tag, item, text), before);
  if (typeof node.tag === "function" && node[ELEMENT]) return raw(tag, called(node), before);
  if (!isText(node)) return `${before.endsWith("<") ? `${before}\\` : before}${renderToString(node)}`;
  return [...String(node)].reduce((text, char) => {
    if (char === "/" && text.endsWith("<")) return `${text}\\/`;
    if (char === "-" && tag === "script" && text.endsWith("<!-")) return `${text.slice(0, -3)}\\u003c!--`;
    return text + char;
  }, before);
}

export function renderToString(node) {
  if (isNothing(node)) return "";
  if (isText(node)) return escapeText(String(node));
  if (isList(node)) return [...node].map(renderToString).join("");
  if (node[ELEMENT] !== true) fault("an object is no child of an element");
  const { tag, props, children } = node;
  if (tag === undefined) return renderToString(children);
  if (typeof tag === "function") return renderToString(called(node));
  const attributes = Object.entries(props).map(([name, value]) => attribute(name, value)).join("");
  if (VOID.includes(tag)) return `<${tag}${attributes} />`;
  const content = children.length > 0 ? children : props.children;
  return `<${tag}${attributes}>${RAW_TEXT.includes(tag) ? raw(tag, content) : renderToString(content)}</${tag}>`;
}

// ---- purview:* ----------------------------------------------------------------------------------------------------------

/** What time it is; tests set it. */
export const times = { now: () => Date.now() };

/** The variables that a program may read; the runner sets them. */
export const variables = { values: process.env };
export const env = (name) => (typeof name === "string" ? variables.values[name] : undefined);

/** A function of texts that gives `undefined` for anything else. */
const ofTexts = (count, f) => (...args) => (args.slice(0, count).length === count && args.slice(0, count).every((arg) => typeof arg === "string") ? f(...args) : undefined);
const digest = (name) => ofTexts(1, (data) => createHash(name).update(data, "utf8").digest("hex"));
const keyed = (name) => ofTexts(2, (key, data) => createHmac(name, key).update(data, "utf8").digest("hex"));
export const sha1 = digest("sha1");
export const sha256 = digest("sha256");
export const sha384 = digest("sha384");
export const sha512 = digest("sha512");
export const hmacSha1 = keyed("sha1");
export const hmacSha256 = keyed("sha256");
export const hmacSha384 = keyed("sha384");
export const hmacSha512 = keyed("sha512");

/** Decodes what has exactly one spelling. */
const strict = (encoding) => ofTexts(1, (text) => {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes.toString("utf8") : undefined;
});
export const base64Encode = ofTexts(1, (data) => Buffer.from(data, "utf8").toString("base64"));
export const base64Decode = strict("base64");
export const base64UrlEncode = ofTexts(1, (data) => Buffer.from(data, "utf8").toString("base64url"));
export const base64UrlDecode = strict("base64url");
export const hexEncode = ofTexts(1, (data) => Buffer.from(data, "utf8").toString("hex"));
const lowerHex = strict("hex");
export const hexDecode = ofTexts(1, (text) => lowerHex(text.toLowerCase()));

export const timingSafeEqual = (a, b) => {
  if (typeof a !== "string" || typeof b !== "string") return false;
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && sameBytes(left, right);
};
export const verifyWebhookSignature = (payload, secret, signature) => {
  if (typeof payload !== "string" || typeof secret !== "string" || typeof signature !== "string") return false;
  return timingSafeEqual(hmacSha256(secret, payload), signature.replace(/^sha256=/, ""));
};
export const parseBearer = (header) => (typeof header === "string" && /^bearer \S/i.test(header) ? header.slice(7) : undefined);

/** The algorithms of tokens: digest, and for keys that are no secret their type. */
const ALGORITHMS = {
  HS256: ["sha256"], HS384: ["sha384"], HS512: ["sha512"],
  RS256: ["sha256", "rsa"], RS384: ["sha384", "rsa"], RS512: ["sha512", "rsa"],
  ES256: ["sha256", "ec"], ES384: ["sha384", "ec"], EdDSA: [undefined, "ed25519"],
};
const base64Url = (data) => Buffer.from(data).toString("base64url");
const fromBase64Url = (text) => {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
};
const asObject = (bytes) => {
  try {
    const value = native.JSON.parse(new native.TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
const listed = (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]);

export const jwtSign = (claims, secret, options) => {
  if (typeof claims !== "string" || typeof secret !== "string") return undefined;
  const { algorithm = "HS256", kid } = typeof options === "string" ? { algorithm: options } : (options ?? {});
  const known = ALGORITHMS[algorithm];
  if (known === undefined || asObject(Buffer.from(claims)) === undefined || secret === "") return undefined;
  const head = `${base64Url(native.JSON.stringify({ alg: algorithm, typ: "JWT", kid }))}.${base64Url(claims)}`;
  try {
    const signature = known.length === 1
      ? createHmac(known[0], secret).update(head).digest()
      : signBytes(known[0], Buffer.from(head), { key: secret, dsaEncoding: "ieee-p1363" });
    return `${head}.${base64Url(signature)}`;
  } catch {
    return undefined;
  }
};

export const jwtVerify = (...args) => {
  const [token, secret, options] = args;
  if (args.length < 2) return Result.err("missing arguments");
  if (typeof token !== "string") return Result.err("token must be a string");
  if (typeof secret !== "string") return Result.err("secret must be a string");
  const { algorithms = ["HS256"], leeway = 0, issuer, audience } = typeof options === "string" ? { algorithms: [options] } : (options ?? {});
  const parts = token.split(".");
  if (parts.length !== 3) return Result.err("invalid token format");
  const head = fromBase64Url(parts[0]);
  if (head === undefined) return Result.err("invalid header encoding");
  const header = asObject(head);
  if (header === undefined) return Result.err("invalid header JSON");
  if (header.crit !== undefined || header.b64 !== undefined) return Result.err("unsupported crit header");
  if (typeof header.alg !== "string") return Result.err("missing alg header");
  const known = Object.hasOwn(ALGORITHMS, header.alg) ? ALGORITHMS[header.alg] : undefined;
  if (known === undefined || !algorithms.includes(header.alg)) return Result.err("unsupported alg");
  const signature = fromBase64Url(parts[2]);
  if (signature === undefined) return Result.err("invalid signature encoding");
  const problem = wrongSignature(known, secret, `${parts[0]}.${parts[1]}`, signature);
  if (problem !== undefined) return Result.err(problem);
  const payload = fromBase64Url(parts[1]);
  if (payload === undefined) return Result.err("invalid payload encoding");
  const claims = asObject(payload);
  if (claims === undefined) return Result.err("invalid claims JSON");
  const refused = wrongClaims(claims, leeway, listed(issuer), listed(audience));
  return refused === undefined ? Result.ok(claims) : Result.err(refused);
};

function wrongSignature([hash, type], secret, signed, signature) {
  if (type !== undefined) {
    try {
      const key = createPublicKey(secret);
      if (key.asymmetricKeyType !== type) return "key does not fit the algorithm";
      return verifyBytes(hash, Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }, signature) ? undefined : "invalid signature";
    } catch {
      return "key does not fit the algorithm";
    }
  }
  if (secret === "") return "secret must not be empty";
  const expected = createHmac(hash, secret).update(signed).digest();
  if (signature.length !== expected.length) return "invalid signature length";
  return sameBytes(signature, expected) ? undefined : "invalid signature";
}

function wrongClaims(claims, leeway, issuers, audiences) {
  const now = times.now() / 1000;
  if (claims.exp !== undefined && typeof claims.exp !== "number") return "invalid exp claim";
  if (claims.exp !== undefined && now >= claims.exp + leeway) return "token expired";
  if (claims.nbf !== undefined && typeof claims.nbf !== "number") return "invalid nbf claim";
  if (claims.nbf !== undefined && now < claims.nbf - leeway) return "token not yet valid";
  if (issuers !== undefined && !issuers.includes(claims.iss)) return "issuer not allowed";
  if (audiences !== undefined && !(listed(claims.aud) ?? []).some((one) => audiences.includes(one))) return "audience not allowed";
  return undefined;
}

export function routerMatch(routes, request) {
  const path = (request.url ?? request.path).split("?")[0].split("/");
  for (const [route, handler] of Object.entries(routes)) {
    const [method, pattern] = route.split(" ");
    const segments = pattern.split("/");
    const star = segments.findIndex((segment) => segment.startsWith("*"));
    const length = star < 0 ? segments.length : star;
    if (method.toUpperCase() !== request.method.toUpperCase() || path.length < length || (star < 0 && path.length > length)) continue;
    const params = {};
    const matches = segments.slice(0, length).every((segment, index) => {
      if (!segment.startsWith(":")) return segment === path[index];
      if (path[index] === "") return false;
      params[segment.slice(1)] = path[index];
      return true;
    });
    if (matches && Object.keys(params).length <= 8) return { handler, params };
  }
  return undefined;
}

export const guard = (check) => (next) => (request) => check(request) ?? next(request);
export const pipe = (...functions) => (value) => functions.reduce((result, f) => f(result), value);

export const uuid = () => randomUUID();
export const uuidV7 = () => {
  const time = Date.now().toString(16).padStart(12, "0");
  const [, , , fourth, fifth] = randomUUID().split("-");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomBytes(2).toString("hex").slice(1)}-${fourth}-${fifth}`;
};
const pick = (alphabet, length) => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
export const nanoid = (length = 21) => pick("useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict", length);
export const ulid = () => {
  let time = "";
  for (let rest = Date.now(), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[rest % 32] + time;
  return time + pick("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16);
};

const record = (level) => (message, fields) => {
  const text = withoutNul(message == undefined ? "undefined" : String(message));
  sink.write(level, fields === undefined ? text : `${text} ${native.JSON.stringify(fields)}`);
};
export const logDebug = record("debug");
export const logInfo = record("info");
export const logWarn = record("warn");
export const logError = record("error");

export const formatIso = (ms) => new Date(ms).toISOString();
export const formatHttp = (ms) => new Date(ms).toUTCString();
export const parseIso = (text) => (typeof text === "string" && /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(Date.parse(`${text.slice(0, 10)}T00:00Z`)).getUTCDate() === Number(text.slice(8, 10)) ? Date.parse(text) : undefined);
export const addSeconds = (ms, seconds) => ms + seconds * 1000;

export const escapeHtml = ofTexts(1, escapeAttribute);
export const unescapeHtml = ofTexts(1, (text) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]));
export const slugify = ofTexts(1, (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, ""));
export const truncate = ofTexts(1, (text, max, suffix = "...") => (text.length <= max ? text : (text.slice(0, Math.max(0, max - suffix.length)) + suffix).slice(0, Math.max(0, max))));
export const mask = ofTexts(1, (text, visible = 4) => "*".repeat(Math.max(0, text.length - visible)) + (visible > 0 ? text.slice(-visible) : ""));

export const urlEncode = ofTexts(1, (text) => encodeURIComponent(text));
export const urlDecode = ofTexts(1, (text) => formDecode(text));
export const urlSearchParams = ofTexts(1, (text) => query(text.replace(/^\?/, "")));
export const urlParse = (text) => {
  const url = typeof text === "string" ? URL(text) : undefined;
  if (url === undefined) return undefined;
  const { protocol, hostname, port, pathname, search, hash } = url;
  return { protocol, host: hostname, port, path: pathname, query: search, hash, searchParams: urlSearchParams(search) };
};

// ---- cookies, content types -----------------------------------------------------------------------------------------------

const unquoted = (text) => (text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text);
const trimmed = (text) => text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "");

export const parseCookies = (header) => {
  const cookies = {};
  if (typeof header !== "string") return cookies;
  for (const pair of header.split(";").slice(0, 200)) {
    const at = pair.indexOf("=");
    const name = trimmed(pair.slice(0, Math.max(0, at)));
    if (at < 0 || name === "" || Object.hasOwn(cookies, name)) continue;
    let value = unquoted(trimmed(pair.slice(at + 1)));
    try {
      value = decodeURIComponent(value);
    } catch {
      // What is not escaped rightly stays as it is.
    }
    Object.defineProperty(cookies, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return cookies;
};

export const setCookie = (name, value, options) => {
  if (typeof name !== "string" || typeof value !== "string" || !TOKEN.test(name)) return undefined;
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) return undefined;
  const { path, domain, maxAge, expires, httpOnly, secure, sameSite } = options ?? {};
  let line = `${name}=${value}`;
  if (path != undefined) {
    if (typeof path !== "string" || !/^\/[\x20-\x3a\x3c-\x7e]*$/.test(path)) return undefined;
    line += `; Path=${path}`;
  }
  if (domain != undefined) {
    if (typeof domain !== "string" || !/^[A-Za-z0-9.-]+$/.test(domain)) return undefined;
    line += `; Domain=${domain}`;
  }
  if (maxAge != undefined) {
    if (!Number.isFinite(maxAge)) return undefined;
    line += `; Max-Age=${Math.trunc(maxAge)}`;
  }
  if (expires != undefined) {
    if (typeof expires !== "number" || !(Math.abs(expires) <= 8.64e15)) return undefined;
    line += `; Expires=${formatHttp(expires)}`;
  }
  if (httpOnly === true) line += "; HttpOnly";
  if (secure === true) line += "; Secure";
  if (sameSite != undefined) {
    const known = ["Strict", "Lax", "None"].find((known) => known.toLowerCase() === String(sameSite).toLowerCase());
    if (known === undefined || (known === "None" && secure !== true)) return undefined;
    line += `; SameSite=${known}`;
  }
  if (name.startsWith("__Host-") && !(secure === true && path === "/" && domain == undefined)) return undefined;
  return name.startsWith("__Secure-") && secure !== true ? undefined : line;
};

/** How much a range of an `Accept` line wants an offer: how exact it is, and its weight. */
function wanted(range, offer) {
  const [name, ...parts] = range.split(";").map((part) => trimmed(part).toLowerCase());
  const plain = trimmed(offer.split(";")[0]).toLowerCase();
  let exact;
  if (name === "*/*" || name === "*") exact = 1;
  else if (name.endsWith("/*")) exact = plain.split("/")[0] === name.slice(0, -2) ? 2 : undefined;
  else if (name === plain) exact = 3;
  if (exact === undefined) return undefined;
  let weight = 1;
  for (const part of parts) {
    if (!part.startsWith("q=")) continue;
    if (!/^[01](\.\d{0,3})?$/.test(part.slice(2))) return undefined;
    weight = Math.min(1, Number(part.slice(2)));
  }
  return [exact, weight];
}

export const negotiate = (accept, offers) => {
  const list = (typeof offers === "string" ? offers : "").split(",").map(trimmed).filter((offer) => offer !== "");
  if (typeof accept !== "string" || trimmed(accept) === "") return list[0];
  let best;
  for (const offer of list) {
    const found = accept.split(",").map((range) => wanted(trimmed(range), offer)).filter((one) => one !== undefined);
    if (found.length === 0) continue;
    const [, weight] = found.reduce((most, next) => (next[0] >= most[0] ? next : most));
    if (weight > 0 && (best === undefined || weight > best[1])) best = [offer, weight];
  }
  return best?.[0];
};

export const parseContentType = (header) => {
  if (typeof header !== "string") return undefined;
  const [kind, ...parts] = header.split(";").map(trimmed);
  const at = kind.indexOf("/");
  const [type, subtype] = at < 0 ? [kind] : [kind.slice(0, at), kind.slice(at + 1)];
  if (!TOKEN.test(type) || (subtype !== undefined && !TOKEN.test(subtype))) return undefined;
  const result = { type: type.toLowerCase() };
  if (subtype !== undefined) result.subtype = subtype.toLowerCase();
  const charset = parts.find((part) => /^charset=/i.test(part));
  if (charset !== undefined) result.charset = unquoted(charset.slice(8)).toLowerCase();
  return result;
};

export const cors = (origin, options) => {
  if (typeof origin !== "string") return {};
  const { methods, headers, maxAge, credentials } = options ?? {};
  const list = (value) => (Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : undefined);
  const fields = { "access-control-allow-origin": origin };
  if (origin !== "*") fields.vary = "origin";
  if (list(methods) !== undefined) fields["access-control-allow-methods"] = list(methods);
  if (list(headers) !== undefined) fields["access-control-allow-headers"] = list(headers);
  if (typeof maxAge === "number") fields["access-control-max-age"] = String(Math.trunc(maxAge));
  if (credentials === true && origin !== "*") fields["access-control-allow-credentials"] = "true";
  return fields;
};

// ---- cache, rates -----------------------------------------------------------------------------------------------------------

/** Namespaces of texts, as long as the process lives; the runner makes it empty for each request of a test. */
export const kept = { namespaces: new native.Map() };

function entries(namespace) {
  if (!kept.namespaces.has(namespace)) kept.namespaces.set(namespace, Object.assign(new native.Map(), { hits: 0, misses: 0 }));
  return kept.namespaces.get(namespace);
}

function live(namespace, key) {
  const found = entries(namespace).get(key);
  if (found === undefined || found.until > Date.now()) return found;
  entries(namespace).delete(key);
  return undefined;
}

/** Milliseconds of a time to live, undefined if it is none. */
const ttlOf = (seconds) => (seconds == undefined ? 0 : typeof seconds === "number" && seconds >= 0 && seconds <= 1e12 ? Math.ceil(seconds * 1000) : undefined);
const textual = (...values) => values.every((value) => typeof value === "string");

export const cacheGet = (namespace, key) => {
  if (!textual(namespace, key)) return undefined;
  const found = live(namespace, key);
  entries(namespace)[found === undefined ? "misses" : "hits"]++;
  return found?.value;
};
export const cacheSet = (namespace, key, value, ttlSeconds) => {
  const ttl = ttlOf(ttlSeconds);
  if (!textual(namespace, key, value) || ttl === undefined) return false;
  entries(namespace).set(key, { value, until: ttl === 0 ? Infinity : Date.now() + ttl });
  return true;
};
export const cacheDelete = (namespace, key) => textual(namespace, key) && live(namespace, key) !== undefined && entries(namespace).delete(key);
export const cacheIncr = (namespace, key, delta, ttlSeconds) => {
  const ttl = ttlOf(ttlSeconds);
  const by = delta ?? 1;
  if (!textual(namespace, key) || !Number.isInteger(by) || Math.abs(by) > 9e15 || ttl === undefined) return undefined;
  const found = live(namespace, key);
  const value = (/^-?\d+$/.test(found?.value ?? "") ? Number(found.value) : 0) + by;
  entries(namespace).set(key, { value: String(value), until: ttl > 0 ? Date.now() + ttl : (found?.until ?? Infinity) });
  return value;
};
export const cacheStats = (namespace) => {
  const maps = typeof namespace === "string" ? [entries(namespace)] : [...kept.namespaces.values()];
  const sum = (of) => maps.reduce((total, map) => total + of(map), 0);
  const bytes = (map) => [...map].reduce((total, [key, { value }]) => total + Buffer.byteLength(key + value), 0);
  return { hits: sum((map) => map.hits), misses: sum((map) => map.misses), entries: sum((map) => map.size), bytes: sum(bytes) };
};

export const rateCheck = (key, limit, windowSeconds) => {
  const windowMs = Math.ceil(Math.min(Math.max(windowSeconds, 0.001), 31622400) * 1000);
  if (typeof key !== "string") return Result.err({ tag: "invalid_key", retryAfter: 0 });
  const found = live("ratelimit", key) ?? { value: "0", until: Date.now() + windowMs };
  const count = Number(found.value) + 1;
  entries("ratelimit").set(key, { value: String(count), until: found.until });
  const left = Math.max(0, found.until - Date.now());
  if (count > Math.trunc(limit)) return Result.err({ tag: "rate_exceeded", retryAfter: Math.max(1, Math.ceil(left / 1000)) });
  return Result.ok({ remaining: Math.trunc(limit) - count, resetAt: Date.now() + left });
};
export const rateReset = (key) => cacheDelete("ratelimit", key);

// ---- validation -----------------------------------------------------------------------------------------------------------

const schemas = new native.Map();

export const schemaCompile = (name, schema) => {
  const text = typeof schema === "object" && schema !== null ? native.JSON.stringify(schema) : schema;
  const parsed = JSON.tryParse(text);
  const usable = parsed.ok && (typeof parsed.value === "boolean" || (typeof parsed.value === "object" && parsed.value !== null && !Array.isArray(parsed.value)));
  if (typeof name !== "string" || !usable) return false;
  schemas.set(name, parsed.value);
  return true;
};
export const schemaDrop = (name) => schemas.delete(name);

const FORMATS = {
  email: /^[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  "iso-date": /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
  "iso-datetime": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i,
  ipv4: /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/,
};
const kindOf = (value) => (value === null || value === undefined ? "null" : Array.isArray(value) ? "array" : typeof value);
const hasType = (value, type) => kindOf(value) === type || (type === "integer" && Number.isInteger(value));
const sameJson = (a, b) => native.JSON.stringify(a) === native.JSON.stringify(b);

/** Follows `$ref` within the document. */
function resolved(schema, root) {
  let at = schema;
  for (let steps = 0; typeof at === "object" && typeof at.$ref === "string" && steps < 16; steps++) {
    at = at.$ref.slice(1).split("/").slice(1).reduce((node, step) => node?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], root);
  }
  return at ?? true;
}

/** What is wrong with a value, in the words of the host; the commonest keywords of JSON Schema. */
function wrong(schema, value, root, path, found) {
  const rules = resolved(schema, root);
  const say = (message) => found.push({ path, message });
  if (rules === false) return say("value not allowed");
  if (rules === true) return undefined;
  const types = listed(rules.type);
  if (types !== undefined && !types.some((type) => hasType(value, type))) return say("type mismatch");
  if (rules.enum !== undefined && !rules.enum.some((one) => sameJson(one, value))) say("value not in enum");
  if (rules.const !== undefined && !sameJson(rules.const, value)) say("value not in enum");
  if (typeof value === "string") wrongText(rules, value, say);
  if (typeof value === "number") wrongNumber(rules, value, say);
  if (Array.isArray(value)) wrongList(rules, value, root, path, found, say);
  else if (typeof value === "object" && value !== null) wrongFields(rules, value, root, path, found, say);
  for (const part of rules.allOf ?? []) wrong(part, value, root, path, found);
  const fits = (part) => { const inner = []; wrong(part, value, root, path, inner); return inner.length === 0; };
  if (rules.anyOf !== undefined && !rules.anyOf.some(fits)) say("no alternative matches");
  if (rules.oneOf !== undefined) {
    const count = rules.oneOf.filter(fits).length;
    if (count !== 1) say(count === 0 ? "no alternative matches" : "several alternatives match");
  }
  if (rules.not !== undefined && fits(rules.not)) say("value matches what it must not");
  return undefined;
}

function wrongText(rules, value, say) {
  const length = [...value].length;
  if (length < (rules.minLength ?? 0)) say("string too short");
  if (length > (rules.maxLength ?? Infinity)) say("string too long");
  if (rules.pattern !== undefined && !new RegExp(rules.pattern, "u").test(value)) say("pattern mismatch");
  if (Object.hasOwn(FORMATS, rules.format ?? "") && !FORMATS[rules.format].test(value)) say(`invalid ${rules.format} format`);
}

function wrongNumber(rules, value, say) {
  if (value < (rules.minimum ?? -Infinity) || value <= (rules.exclusiveMinimum ?? -Infinity)) say("below minimum");
  if (value > (rules.maximum ?? Infinity) || value >= (rules.exclusiveMaximum ?? Infinity)) say("above maximum");
  if (rules.multipleOf !== undefined && !Number.isInteger(value / rules.multipleOf)) say("not a multiple");
}

function wrongList(rules, value, root, path, found, say) {
  if (value.length < (rules.minItems ?? 0)) say("too few items");
  if (value.length > (rules.maxItems ?? Infinity)) say("too many items");
  if (rules.uniqueItems === true && value.some((a, at) => value.slice(at + 1).some((b) => sameJson(a, b)))) say("items not unique");
  value.forEach((item, at) => wrong(rules.prefixItems?.[at] ?? rules.items ?? true, item, root, `${path}[${at}]`, found));
}

function wrongFields(rules, value, root, path, found, say) {
  for (const name of rules.required ?? []) if (!Object.hasOwn(value, name)) say("missing required field");
  const names = Object.keys(value);
  if (names.length < (rules.minProperties ?? 0)) say("too few fields");
  if (names.length > (rules.maxProperties ?? Infinity)) say("too many fields");
  for (const name of names) {
    const own = rules.properties?.[name];
    if (own === undefined && rules.additionalProperties === false) say("unexpected field");
    else wrong(own ?? rules.additionalProperties ?? true, value[name], root, path === "" ? name : `${path}.${name}`, found);
  }
}

/** A value with texts made to what the schema wants, where nothing is lost. */
function coerced(schema, value, root) {
  const rules = resolved(schema, root);
  if (typeof rules !== "object") return value;
  const types = listed(rules.type) ?? [];
  const wants = (type) => types.includes(type);
  if (typeof value === "string" && !wants("string")) {
    if (wants("boolean") && (value === "true" || value === "false")) return value === "true";
    const numeric = (wants("number") || wants("integer")) && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value) && Number.isFinite(Number(value));
    return numeric && (wants("number") || Number.isInteger(Number(value))) ? Number(value) : value;
  }
  if (typeof value === "number" && wants("string") && !wants("number") && !(wants("integer") && Number.isInteger(value))) return String(value);
  if (Array.isArray(value)) return value.map((item, at) => coerced(rules.prefixItems?.[at] ?? rules.items ?? true, item, root));
  if (typeof value !== "object" || value === null) return value;
  const result = {};
  for (const [name, member] of Object.entries(value)) result[name] = coerced(rules.properties?.[name] ?? rules.additionalProperties ?? true, member, root);
  return result;
}

/** The Result of a value that a schema judges. */
function judged(name, value, change) {
  const root = schemas.get(name);
  const made = change ? coerced(root, value, root) : value;
  const found = [];
  wrong(root, made, root, "", found);
  return found.length === 0 ? Result.ok(made) : violations(found);
}

/** What is wrong with a call that names a schema. */
function misuse(args, wantedArgs) {
  if (args.length < wantedArgs) return Result.err("missing arguments");
  if (typeof args[0] !== "string") return Result.err("name must be a string");
  return schemas.has(args[0]) ? undefined : Result.err("schema not found");
}

const ofJson = (change) => (...args) => {
  const problem = misuse(args, 2);
  if (problem !== undefined) return problem;
  if (typeof args[1] !== "string") return Result.err("json must be a string");
  const parsed = JSON.tryParse(args[1]);
  return parsed.ok ? judged(args[0], parsed.value, change) : Result.err("invalid JSON");
};
export const validateJson = ofJson(false);
export const decodeJson = ofJson(false);
export const coerceJson = ofJson(true);
export const validateObject = (...args) => misuse(args, 2) ?? (native.JSON.stringify(args[1]) === undefined ? Result.err("invalid JSON") : judged(args[0], args[1], false));
export const decodeQuery = (...args) => misuse(args, 2) ?? judged(args[0], args[1], true);

/** Names and values as an object: several of a name are a list where the schema wants one. */
function gathered(name, pairs) {
  const root = schemas.get(name);
  const result = {};
  for (const [field, value] of pairs) {
    const list = listed(resolved(resolved(root, root)?.properties?.[field] ?? true, root)?.type)?.includes("array");
    result[field] = list ? [...(result[field] ?? []), value] : value;
  }
  return result;
}

export const decodeForm = (...args) => {
  const problem = misuse(args, 2);
  if (problem !== undefined) return problem;
  if (typeof args[1] !== "string") return Result.err("json must be a string");
  return judged(args[0], gathered(args[0], [...new URLSearchParams(args[1])]), true);
};

export const decodeFormMultipart = (...args) => {
  const problem = misuse(args, 3);
  if (problem !== undefined) return problem;
  const [name, body, contentType] = args;
  if (!textual(body, contentType)) return Result.err("body and content type must be strings");
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) return Result.err("the content type is not multipart/form-data");
  const boundary = /;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return Result.err("the content type has no boundary");
  const pairs = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1).map((part) => {
    const at = part.indexOf("\r\n\r\n");
    const [head, content] = [part.slice(0, at), part.slice(at + 4)];
    const field = (pattern) => { const found = pattern.exec(head); return found?.[1] ?? found?.[2]; };
    const filename = field(/;\s*filename=(?:"([^"]*)"|([^;\s]+))/i);
    const value = filename === undefined ? content : {
      filename, contentType: field(/content-type:\s*([^\r\n]+)/i) ?? null,
      size: Buffer.byteLength(content), base64: Buffer.from(content).toString("base64"),
    };
    return [field(/;\s*name=(?:"([^"]*)"|([^;\s]+))/i), value];
  });
  return judged(name, gathered(name, pairs), true);
};

// ---- SQL ------------------------------------------------------------------------------------------------------------------

/** Runs statements: the runner sets it where Node has SQLite; `PURVIEW_SQLITE` names the file. */
export const database = { open: undefined };
const statements = new native.Map();

export const sql = (name, statement) => { statements.set(name, statement); };
function prepared(name) {
  if (database.open === undefined) fault("SQL needs a Node with `node:sqlite`, and PURVIEW_SQLITE with the name of a file");
  return database.open().prepare(statements.get(name) ?? fault(`no statement \`${name}\` is registered`));
}
const bindings = (params) => (params === undefined ? [] : Array.isArray(params) ? params.map((value) => value ?? null) : [params]);
export const sqlOne = (name, params) => { const row = prepared(name).get(...bindings(params)); return row === undefined ? undefined : { ...row }; };
export const sqlMany = (name, params) => prepared(name).all(...bindings(params)).map((row) => ({ ...row }));
export const sqlExec = (name, params) => {
  try {
    const { changes, lastInsertRowid } = prepared(name).run(...bindings(params));
    return { rowsAffected: Number(changes), lastInsertRowId: Number(lastInsertRowid) };
  } catch (error) {
    return { rowsAffected: 0, error: "SqlError", details: String(error.message) };
  }
};
