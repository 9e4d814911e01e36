// What handlers find in every program, for Node: the same names with the same meaning as in a compiled handler. Emitted modules
// import from here; the runner beside this file makes requests and reads responses. Nothing here touches the network.

import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual as sameBytes } from "node:crypto";
import { STATUS_CODES } from "node:http";

const native = {
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
  unwrapErr() { return this.ok ? fault("`unwrapErr` of a Result that is no error") : this.error; },
  map(f) { return this.ok ? Result.ok(f(this.value)) : this; },
  mapErr(f) { return this.ok ? this : Result.err(f(this.error)); },
};

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
const shown = (value) => (typeof value === "string" ? value : value == undefined ? "undefined" : (native.JSON.stringify(value) ?? String(value)));
const logger = (level) => (...values) => sink.write(level, values.map((value) => (typeof value === "number" ? String(value) : shown(value))).join(" "));
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
  if (!TOKEN.test(String(name)) || typeof text !== "string" || /[\r\n\0]/.test(text)) fault("Header name/value is invalid");
  return text.replace(/^[\t ]+|[\t ]+$/g, "");
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
  const result = {};
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
  if (!Number.isInteger(status) || status < 100 || status > 599) fault("status must be a whole number from 100 to 599");
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

/** The whole body of a response; a stream is run to its end. */
export function bodyOf(answer) {
  if (answer.stream === undefined) return answer.body ?? "";
  let body = "";
  const write = (text) => { body += text; };
  const line = (name, value) => (value === undefined ? "" : `${name}: ${value}\n`);
  const event = ({ event, id, retry, data }) => {
    const lines = data === undefined ? "" : String(data).split(/\r\n|\r|\n/).map((text) => `data: ${text}\n`).join("");
    write(`${line("event", event)}${line("id", id)}${line("retry", retry)}${lines}\n`);
  };
  answer.stream({ write, event });
  return body;
}

/** The network is not there under Node: every call fails as it does where egress is not granted. */
export function fetchSync() {
  const failure = { ok: false, error: "OutboundHttpDisabled", details: "the Node shim sends nothing" };
  const result = response(native.JSON.stringify(failure), "application/json", { status: 599, statusText: failure.error });
  return Object.assign(result, { error: failure.error, details: failure.details });
}
export const httpRequest = () => native.JSON.stringify({ ok: false, error: "OutboundHttpDisabled", details: "the Node shim sends nothing" });

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
  return { [ELEMENT]: true, tag, props: props ?? {}, children: children.flat(Infinity) };
}

const escapeText = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const escapeAttribute = (text) => escapeText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");

function attribute(written, value) {
  if (written === "children" || written === "key" || written.startsWith("on")) return "";
  const name = Object.hasOwn(ATTRIBUTES, written) ? ATTRIBUTES[written] : written;
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

export function renderToString(node) {
  return render(node, escapeText);
}

function render(node, text) {
  if (node === undefined || node === null || typeof node === "boolean") return "";
  if (typeof node === "string" || typeof node === "number") return text(String(node));
  if (Array.isArray(node)) return node.map((item) => render(item, text)).join("");
  if (node[ELEMENT] !== true) fault("an object is no child of an element");
  const { tag, props, children } = node;
  if (tag === undefined) return render(children, text);
  if (typeof tag === "function") {
    const { key: _, ...rest } = props;
    return render(tag(children.length > 0 ? { ...rest, children } : rest), text);
  }
  const attributes = Object.entries(props).map(([name, value]) => attribute(name, value)).join("");
  if (VOID.includes(tag)) return `<${tag}${attributes} />`;
  const inner = RAW_TEXT.includes(tag) ? (raw) => raw.replaceAll("</", "<\\/") : escapeText;
  const content = children.length > 0 ? children : props.children;
  return `<${tag}${attributes}>${render(content, inner)}</${tag}>`;
}

// ---- purview:* ----------------------------------------------------------------------------------------------------------

/** The variables that a program may read; the runner sets them. */
export const variables = { values: process.env };
export const env = (name) => variables.values[name];

const hex = (hash) => hash.digest("hex");
export const sha256 = (data) => hex(createHash("sha256").update(data, "utf8"));
export const hmacSha256 = (key, data) => hex(createHmac("sha256", key).update(data, "utf8"));
export const base64Encode = (data) => Buffer.from(data, "utf8").toString("base64");
export const base64Decode = (text) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : undefined;
export const timingSafeEqual = (a, b) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && sameBytes(left, right);
};
export const verifyWebhookSignature = (payload, secret, signature) => timingSafeEqual(hmacSha256(secret, payload), signature.replace(/^sha256=/, ""));
export const parseBearer = (header) => (typeof header === "string" && /^bearer \S/i.test(header) ? header.slice(7) : undefined);

const base64Url = (data) => Buffer.from(data).toString("base64url");
export const jwtSign = (claims, secret) => {
  const head = `${base64Url('{"alg":"HS256","typ":"JWT"}')}.${base64Url(claims)}`;
  return `${head}.${createHmac("sha256", secret).update(head).digest("base64url")}`;
};

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
const pick = (alphabet, length) => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
export const nanoid = (length = 21) => pick("useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict", length);
export const ulid = () => {
  let time = "";
  for (let rest = Date.now(), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[rest % 32] + time;
  return time + pick("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16);
};

const record = (level) => (message, fields) => sink.write(level, fields === undefined ? message : `${message} ${native.JSON.stringify(fields)}`);
export const logDebug = record("debug");
export const logInfo = record("info");
export const logWarn = record("warn");
export const logError = record("error");

export const formatIso = (ms) => new Date(ms).toISOString();
export const formatHttp = (ms) => new Date(ms).toUTCString();
export const parseIso = (text) => (/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) : undefined);
export const addSeconds = (ms, seconds) => ms + seconds * 1000;

export const escapeHtml = escapeAttribute;
export const unescapeHtml = (text) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]);
export const slugify = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
export const truncate = (text, max, suffix = "...") => (text.length <= max ? text : text.slice(0, Math.max(0, max - suffix.length)) + suffix);
export const mask = (text, visible = 4) => "*".repeat(Math.max(0, text.length - visible)) + (visible > 0 ? text.slice(-visible) : "");

export const urlEncode = (text) => encodeURIComponent(text);
export const urlDecode = (text) => formDecode(text);
export const urlSearchParams = (text) => query(text.replace(/^\?/, ""));
export const urlParse = (text) => {
  const url = URL(text);
  if (url === undefined) return undefined;
  const { protocol, hostname, port, pathname, search, hash } = url;
  return { protocol, host: hostname, port, path: pathname, query: search, hash, searchParams: urlSearchParams(search) };
};

/** What needs the host: under Node it ends the request. */
const hostOnly = (name) => () => fault(`\`${name}\` needs the host: it is not part of the Node shim`);
export const cacheDelete = hostOnly("cacheDelete");
export const cacheGet = hostOnly("cacheGet");
export const cacheIncr = hostOnly("cacheIncr");
export const cacheSet = hostOnly("cacheSet");
export const cacheStats = hostOnly("cacheStats");
export const decodeForm = hostOnly("decodeForm");
export const decodeFormMultipart = hostOnly("decodeFormMultipart");
export const decodeJson = hostOnly("decodeJson");
export const decodeQuery = hostOnly("decodeQuery");
export const cors = hostOnly("cors");
export const negotiate = hostOnly("negotiate");
export const parseContentType = hostOnly("parseContentType");
export const parseCookies = hostOnly("parseCookies");
export const setCookie = hostOnly("setCookie");
export const parallel = hostOnly("parallel");
export const race = hostOnly("race");
export const rateCheck = hostOnly("rateCheck");
export const rateReset = hostOnly("rateReset");
export const sql = hostOnly("sql");
export const sqlExec = hostOnly("sqlExec");
export const sqlMany = hostOnly("sqlMany");
export const sqlOne = hostOnly("sqlOne");
export const coerceJson = hostOnly("coerceJson");
export const schemaCompile = hostOnly("schemaCompile");
export const schemaDrop = hostOnly("schemaDrop");
export const validateJson = hostOnly("validateJson");
export const validateObject = hostOnly("validateObject");
export const jwtVerify = hostOnly("jwtVerify");
