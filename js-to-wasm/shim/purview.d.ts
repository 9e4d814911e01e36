// What every handler finds, for editors and type checkers. `lib` must be ESNext without DOM.

interface ResultMethods<T, E> {
  isOk(): this is { readonly ok: true; readonly value: T };
  isErr(): this is { readonly ok: false; readonly error: E };
  unwrap(): T;
  unwrapOr(other: T): T;
  unwrapErr(): E;
  map<U>(f: (value: T) => U): Result<U, E>;
  mapErr<F>(f: (error: E) => F): Result<T, F>;
}
type Result<T, E> =
  & ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E })
  & ResultMethods<T, E>;
declare const Result: {
  ok<T, E = any>(value: T): Result<T, E>;
  err<E, T = any>(error: E): Result<T, E>;
};

interface JSON {
  tryParse(text: string): Result<any, string>;
}

declare function range(end: number): number[];
declare function range(start: number, end: number, step?: number): number[];
declare function comptime<T>(value: T): T;

/** What the handler promises: `function handler(req: Request): Response & Spec<"pure" | "injection_safe">`. */
type Spec<P extends
  | "pure" | "read_only" | "stateless" | "deterministic" | "state_isolated" | "retry_safe" | "idempotent" | "result_safe"
  | "optional_safe" | "injection_safe" | "no_secret_leakage" | "no_credential_leakage" | "input_validated" | "cost_bounded"> = unknown;

interface HeadersMethods {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  has(name: string): boolean;
  delete(name: string): void;
}
type Headers = HeadersMethods & { readonly [name: string]: any };
type HeadersInit = Record<string, string | undefined> | [string, string][] | Headers;
declare function Headers(init?: HeadersInit): Headers;

interface Request {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly query: { readonly [name: string]: string | undefined };
  readonly headers: Headers;
  readonly body: string | undefined;
  text(): string;
  json(): any;
}
declare function Request(url: string, init?: { method?: string; headers?: HeadersInit; body?: string }): Request;

interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}
interface Response {
  readonly status: number;
  /** The usual words for the status; of a call that got no answer, the code of what went wrong. */
  readonly statusText: string;
  /** Whether the status is from 200 to 299. */
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** Of a call that got no answer (status 599): the code of what went wrong. */
  readonly error?: string;
  /** Of a call that got no answer (status 599): what went wrong, in words. */
  readonly details?: string;
  /** The body, once. */
  text(): string;
  /** The value of a JSON body, once; `undefined` if it is none. */
  json(): any;
}
interface StreamWriter {
  write(text: string): void;
  event(fields: { event?: string; id?: string; retry?: number; data?: string }): void;
}
declare const Response: {
  (body?: string, init?: ResponseInit): Response;
  json(data?: unknown, init?: ResponseInit): Response;
  text(text: string, init?: ResponseInit): Response;
  html(text: string, init?: ResponseInit): Response;
  rawJson(text: string, init?: ResponseInit): Response;
  redirect(url: string, status?: number): Response;
  stream(callback: (writer: StreamWriter) => void, init?: ResponseInit): Response;
};

interface FetchInit {
  /** GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS, in any case; GET if none is given. */
  method?: string;
  headers?: Record<string, string | number | undefined>;
  body?: string;
  /** Most bytes of the answer's body; never above the host's limit, which is 1 MiB. */
  maxResponseBytes?: number;
}
/**
 * Sends a request and waits for the answer. Whatever goes wrong is a response with status 599 whose `error` is a code:
 * OutboundHttpDisabled, InvalidArgs, InvalidUrl, HostNotAllowed, InvalidMethod, InvalidBody, InvalidHeaders, InvalidMaxResponseBytes,
 * ParallelOverflow, ConnectFailed, RequestInitFailed, RequestSendFailed, ResponseHeadFailed, ResponseTooLarge, ResponseReadFailed,
 * InternalError, and Cancelled when the host has given the call up. Redirects are not followed. A URL whose origin is a literal is
 * an import of its own.
 */
declare function fetchSync(url: string, init?: FetchInit): Response;
declare function fetchSync(init: FetchInit & { url: string }): Response;
/** The same with JSON text both ways: `{url, method?, headers?, body?, max_response_bytes?}` gives `{ok, status, reason, content_type?, body}` or `{ok: false, error, details}`. */
declare function httpRequest(request: string): string;

interface MapConstructor {
  <K = any, V = any>(entries?: Iterable<readonly [K, V]>): Map<K, V>;
}
interface SetConstructor {
  <T = any>(values?: Iterable<T>): Set<T>;
}
interface Int8ArrayConstructor { (source: number | ArrayLike<number>): Int8Array }
interface Uint8ArrayConstructor { (source: number | ArrayLike<number>): Uint8Array }
interface Uint8ClampedArrayConstructor { (source: number | ArrayLike<number>): Uint8ClampedArray }
interface Int16ArrayConstructor { (source: number | ArrayLike<number>): Int16Array }
interface Uint16ArrayConstructor { (source: number | ArrayLike<number>): Uint16Array }
interface Int32ArrayConstructor { (source: number | ArrayLike<number>): Int32Array }
interface Uint32ArrayConstructor { (source: number | ArrayLike<number>): Uint32Array }
interface Float32ArrayConstructor { (source: number | ArrayLike<number>): Float32Array }
interface Float64ArrayConstructor { (source: number | ArrayLike<number>): Float64Array }

declare function TextEncoder(): { encode(text: string): Uint8Array };
declare function TextDecoder(): { decode(bytes: Uint8Array): string };
interface URL {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}
declare const URL: { (text: string, base?: string): URL | undefined; canParse(text: string, base?: string): boolean };
declare function structuredClone<T>(value: T): T;
declare const performance: { now(): number };
declare const console: Record<"debug" | "error" | "info" | "log" | "warn", (...values: unknown[]) => void>;

interface PurviewElement { readonly __element: true }
declare function h(tag: unknown, props?: object, ...children: unknown[]): PurviewElement;
declare function renderToString(node: unknown): string;
declare function Fragment(props: { children?: unknown }): unknown;
declare namespace JSX {
  type Element = PurviewElement;
  type ElementType = string | ((props: any) => unknown);
  interface ElementChildrenAttribute { children: unknown }
  interface IntrinsicAttributes { key?: string | number }
  interface IntrinsicElements { [name: string]: any }
}

/** What a `match` that finds nothing gives: nothing, where its arms leave nothing over. */
declare function $none(left: never): never;
declare function $none(left: unknown): undefined;

declare module "purview:env" {
  /** An environment variable, if it is set. A literal name is an import of its own. */
  export function env(name: string): string | undefined;
}
declare module "purview:crypto" {
  /** The digest of a text (as UTF-8), in lower-case hexadecimal digits. */
  export function sha1(data: string): string;
  export function sha256(data: string): string;
  export function sha384(data: string): string;
  export function sha512(data: string): string;
  /** The keyed code of a text (HMAC, RFC 2104), in lower-case hexadecimal digits. */
  export function hmacSha1(key: string, data: string): string;
  export function hmacSha256(key: string, data: string): string;
  export function hmacSha384(key: string, data: string): string;
  export function hmacSha512(key: string, data: string): string;
  /** Base64 with padding. */
  export function base64Encode(data: string): string;
  /** What base64 with padding stands for; `undefined` if it is not exactly that. */
  export function base64Decode(text: string): string | undefined;
  /** Base64 for URLs, without padding. */
  export function base64UrlEncode(data: string): string;
  export function base64UrlDecode(text: string): string | undefined;
  /** Two lower-case hexadecimal digits for each byte. */
  export function hexEncode(data: string): string;
  export function hexDecode(text: string): string | undefined;
}
declare module "purview:auth" {
  type Algorithm = "HS256" | "HS384" | "HS512" | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "EdDSA";
  /** The token of an `Authorization: Bearer …` header. */
  export function parseBearer(header: string | undefined): string | undefined;
  /** A signed token (HS256 unless said otherwise); `undefined` if the claims are no JSON object or the key does not fit. */
  export function jwtSign(claims: string, key: string, options?: Algorithm | { algorithm?: Algorithm; kid?: string }): string | undefined;
  /**
   * The claims of a token whose signature and times are right. The key is a secret, a PEM or a JWK. Only the algorithms that are listed
   * are accepted, HS256 if none are; `leeway` is in seconds, 0 if none is given.
   */
  export function jwtVerify(
    token: string,
    key: string,
    options?: Algorithm | { algorithms?: Algorithm[]; leeway?: number; issuer?: string | string[]; audience?: string | string[] },
  ): Result<any, string>;
  /** Whether two texts are the same, in a time that depends on their lengths only. */
  export function timingSafeEqual(a: string, b: string): boolean;
  /** Whether `signature` (hexadecimal, perhaps after `sha256=`) is the HMAC-SHA256 of the payload. */
  export function verifyWebhookSignature(payload: string, secret: string, signature: string): boolean;
}
declare module "purview:router" {
  /** The first entry `"METHOD /path/:name"` that matches the request. A segment `*` matches the rest. At most 8 parameters. */
  export function routerMatch<H>(routes: Record<string, H>, request: Request): { handler: H; params: Record<string, string> } | undefined;
}
declare module "purview:compose" {
  /** A handler that answers with what `check` answers, and otherwise with what the next handler does. */
  export function guard(check: (request: Request) => Response | undefined): (next: (request: Request) => Response) => (request: Request) => Response;
  /** A function that applies functions from the first to the last. */
  export function pipe<A, B>(f: (value: A) => B): (value: A) => B;
  export function pipe<A, B, C>(f: (value: A) => B, g: (value: B) => C): (value: A) => C;
  export function pipe<A, B, C, D>(f: (value: A) => B, g: (value: B) => C, h: (value: C) => D): (value: A) => D;
  export function pipe<A, B, C, D, E>(f: (value: A) => B, g: (value: B) => C, h: (value: C) => D, i: (value: D) => E): (value: A) => E;
}
declare module "purview:id" {
  /** A random UUID (version 4). */
  export function uuid(): string;
  /** A UUID that begins with the time (version 7). */
  export function uuidV7(): string;
  /** 26 characters of which the first ten are the time. */
  export function ulid(): string;
  /** Random letters, digits, `-` and `_`: 21, or as many as wanted up to 1024. */
  export function nanoid(length?: number): string;
}
declare module "purview:log" {
  /** A line of the host's log, with fields that its readers can search. Cut at `log_line_bytes`, which is 8 KiB. */
  export function logDebug(message: string, fields?: object): void;
  export function logInfo(message: string, fields?: object): void;
  export function logWarn(message: string, fields?: object): void;
  export function logError(message: string, fields?: object): void;
}
declare module "purview:time" {
  /** Milliseconds since 1970 as `2026-11-22T01:31:00.000Z`. */
  export function formatIso(ms: number): string;
  /** Milliseconds since 1970 as `Sun, 22 Nov 2026 01:31:00 GMT`. */
  export function formatHttp(ms: number): string;
  /** Milliseconds since 1970 of an ISO date, alone or with a time. */
  export function parseIso(text: string): number | undefined;
  export function addSeconds(ms: number, seconds: number): number;
}
declare module "purview:text" {
  /** `& < > " '` as entities. */
  export function escapeHtml(text: string): string;
  export function unescapeHtml(text: string): string;
  /** Lower-case letters and digits with single hyphens between them. */
  export function slugify(text: string): string;
  /** At most `max` characters, the last of which are the suffix (`...`) if something is cut off. */
  export function truncate(text: string, max: number, suffix?: string): string;
  /** Asterisks for all but the last `visible` (4) characters. */
  export function mask(text: string, visible?: number): string;
}
declare module "purview:url" {
  type Params = Record<string, string>;
  /** The parts of an absolute URL. */
  export function urlParse(text: string): { protocol: string; host: string; port: string; path: string; query: string; hash: string; searchParams: Params } | undefined;
  /** The values of a query: the last of equal names wins. */
  export function urlSearchParams(text: string): Params;
  export function urlEncode(text: string): string;
  export function urlDecode(text: string): string;
}
declare module "purview:fetch" {
  export function fetchSync(url: string, init?: FetchInit): Response;
  export function fetchSync(init: FetchInit & { url: string }): Response;
  export function httpRequest(request: string): string;
}
declare module "purview:io" {
  /**
   * Runs up to 16 functions so that what they wait for overlaps, and gives what they return, in their order. A function runs until it
   * waits; then another one runs, and it goes on when its answer is there. Only one runs at a time, and each effect happens once. A call that
   * goes wrong is a 599 response in its own place; a fault in one function is a fault of the request.
   */
  export function parallel<T extends readonly (() => unknown)[]>(functions: readonly [...T]): { -readonly [K in keyof T]: ReturnType<T[K]> };
  /**
   * The same, and gives what the first function returns that ends; a response with status 599 counts only when nothing else comes, and then the
   * first function's result is given. The other functions never go on, and what they wait for is given up.
   */
  export function race<T>(functions: readonly (() => T)[]): T | undefined;
}
declare module "purview:cache" {
  /** A text that was kept under the key. Namespaces are literals where they can be: each is an import of its own. */
  export function cacheGet(namespace: string, key: string): string | undefined;
  /** Keeps a text, for so many seconds or until there is no room. False if it cannot be kept. */
  export function cacheSet(namespace: string, key: string, value: string, ttlSeconds?: number): boolean;
  /** Forgets a key: whether it was there. */
  export function cacheDelete(namespace: string, key: string): boolean;
  /** Adds a whole number to the one that is kept, at once for all. Keeps the time to live unless one is given. */
  export function cacheIncr(namespace: string, key: string, delta?: number, ttlSeconds?: number): number | undefined;
  /** Counters of a namespace, or of all. */
  export function cacheStats(namespace?: string): { hits: number; misses: number; entries: number; bytes: number } | undefined;
}
declare module "purview:ratelimit" {
  /** Counts one more for the key in a fixed window. `resetAt` is in milliseconds since 1970, `retryAfter` in seconds. */
  export function rateCheck(
    key: string,
    limit: number,
    windowSeconds: number,
  ): Result<{ remaining: number; resetAt: number }, { tag: "rate_exceeded" | "unavailable" | "invalid_key"; retryAfter: number }>;
  /** Forgets the count of a key: whether there was one. */
  export function rateReset(key: string): boolean;
}
declare module "purview:http" {
  /** The cookies of a `cookie` header; the first of equal names counts. */
  export function parseCookies(header: string | undefined): Record<string, string>;
  /** The value of a `set-cookie` header; `undefined` when a part of it is not allowed. */
  export function setCookie(
    name: string,
    value: string,
    options?: { path?: string; domain?: string; maxAge?: number; expires?: number; httpOnly?: boolean; secure?: boolean; sameSite?: string },
  ): string | undefined;
  /** Which of the offers (`"a,b"`) an `accept` header wants most. */
  export function negotiate(accept: string | undefined, offers: string): string | undefined;
  /** The parts of a `content-type` header, in lower case. */
  export function parseContentType(header: string | undefined): { type: string; subtype?: string; charset?: string } | undefined;
  /** The fields that let pages of this origin read the answer. */
  export function cors(
    origin: string | undefined,
    options?: { methods?: string | string[]; headers?: string | string[]; maxAge?: number; credentials?: boolean },
  ): Record<string, string>;
}
declare module "purview:sql" {
  type Row = Record<string, string | number | undefined>;
  type Params = readonly (string | number | boolean | undefined)[] | Record<string, string | number | boolean | undefined>;
  /** Registers a statement: name and text are literals, and nothing but these can be run. */
  export function sql(name: string, statement: string): void;
  /** The first row. A statement that fails is a fault. */
  export function sqlOne(name: string, params?: Params): Row | undefined;
  /** All rows. A statement that fails is a fault. */
  export function sqlMany(name: string, params?: Params): Row[];
  /** Runs a statement that changes something; `error` and `details` say why it did not. */
  export function sqlExec(name: string, params?: Params): { rowsAffected: number; lastInsertRowId?: number; error?: string; details?: string };
}
declare module "purview:validate" {
  type Judged<T = any> =
    | { readonly ok: true; readonly value: T; readonly error?: undefined; readonly errors?: undefined }
    | { readonly ok: false; readonly error?: string; readonly errors?: { path: string; message: string }[] };
  /** Gives a JSON Schema (draft 2020-12) a name; false if it is none. */
  export function schemaCompile(name: string, schema: string | object): boolean;
  /** Forgets a schema: whether there was one of this name. */
  export function schemaDrop(name: string): boolean;
  /** The value of a JSON text that is as the schema wants it. */
  export function validateJson(name: string, text: string): Judged;
  export function validateObject<T>(name: string, value: T): Judged<T>;
  /** The same after texts, numbers and booleans became what the schema wants, where nothing is lost. */
  export function coerceJson(name: string, text: string): Judged;
}
declare module "purview:decode" {
  import type { Judged } from "purview:validate";
  /** A body as the schema of this name wants it: JSON, a form, a query, `multipart/form-data`. */
  export function decodeJson(schema: string, body: string): Judged;
  export function decodeForm(schema: string, body: string): Judged;
  export function decodeQuery(schema: string, query: object): Judged;
  export function decodeFormMultipart(schema: string, body: string, contentType: string): Judged;
}

// The same modules under the names that other runtimes give them.
declare module "zigttp:auth" { export * from "purview:auth" }
declare module "zttp:auth" { export * from "purview:auth" }
declare module "zigttp:cache" { export * from "purview:cache" }
declare module "zttp:cache" { export * from "purview:cache" }
declare module "zigttp:compose" { export * from "purview:compose" }
declare module "zttp:compose" { export * from "purview:compose" }
declare module "zigttp:crypto" { export * from "purview:crypto" }
declare module "zttp:crypto" { export * from "purview:crypto" }
declare module "zigttp:decode" { export * from "purview:decode" }
declare module "zttp:decode" { export * from "purview:decode" }
declare module "zigttp:env" { export * from "purview:env" }
declare module "zttp:env" { export * from "purview:env" }
declare module "zigttp:fetch" { export * from "purview:fetch" }
declare module "zttp:fetch" { export * from "purview:fetch" }
declare module "zigttp:http" { export * from "purview:http" }
declare module "zttp:http" { export * from "purview:http" }
declare module "zigttp:id" { export * from "purview:id" }
declare module "zttp:id" { export * from "purview:id" }
declare module "zigttp:io" { export * from "purview:io" }
declare module "zttp:io" { export * from "purview:io" }
declare module "zigttp:log" { export * from "purview:log" }
declare module "zttp:log" { export * from "purview:log" }
declare module "zigttp:ratelimit" { export * from "purview:ratelimit" }
declare module "zttp:ratelimit" { export * from "purview:ratelimit" }
declare module "zigttp:router" { export * from "purview:router" }
declare module "zttp:router" { export * from "purview:router" }
declare module "zigttp:sql" { export * from "purview:sql" }
declare module "zttp:sql" { export * from "purview:sql" }
declare module "zigttp:text" { export * from "purview:text" }
declare module "zttp:text" { export * from "purview:text" }
declare module "zigttp:time" { export * from "purview:time" }
declare module "zttp:time" { export * from "purview:time" }
declare module "zigttp:url" { export * from "purview:url" }
declare module "zttp:url" { export * from "purview:url" }
declare module "zigttp:validate" { export * from "purview:validate" }
declare module "zttp:validate" { export * from "purview:validate" }
