// What every handler finds, for editors and type checkers. `lib` must be ESNext without DOM.

type Result<T, E> =
  & ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E })
  & {
    isOk(): boolean;
    isErr(): boolean;
    unwrap(): T;
    unwrapOr(other: T): T;
    unwrapErr(): E;
    map<U>(f: (value: T) => U): Result<U, E>;
    mapErr<F>(f: (error: E) => F): Result<T, F>;
  };
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
  readonly statusText: string;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: string | undefined;
  text(): string;
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
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  maxResponseBytes?: number;
}
declare function fetchSync(url: string, init?: FetchInit): Response;
declare function fetchSync(init: FetchInit & { url: string }): Response;
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

declare module "purview:env" { export function env(name: string): string | undefined }
declare module "purview:crypto" {
  export function sha256(data: string): string;
  export function hmacSha256(key: string, data: string): string;
  export function base64Encode(data: string): string;
  export function base64Decode(text: string): string | undefined;
}
declare module "zigttp:env" { export * from "purview:env" }
declare module "zigttp:crypto" { export * from "purview:crypto" }
declare module "zttp:crypto" { export * from "purview:crypto" }
declare module "purview:auth" {
  export function parseBearer(header: string | undefined): string | undefined;
  export function jwtSign(claims: string, secret: string): string;
  export function jwtVerify(token: string, secret: string): Result<any, string>;
  export function timingSafeEqual(a: string, b: string): boolean;
  export function verifyWebhookSignature(payload: string, secret: string, signature: string): boolean;
}
declare module "purview:router" {
  export function routerMatch<H>(routes: Record<string, H>, request: Request): { handler: H; params: Record<string, string> } | undefined;
}
declare module "purview:compose" {
  export function guard(check: (request: Request) => Response | undefined): (next: (request: Request) => Response) => (request: Request) => Response;
  export function pipe<A, B>(f: (value: A) => B): (value: A) => B;
  export function pipe<A, B, C>(f: (value: A) => B, g: (value: B) => C): (value: A) => C;
  export function pipe<A, B, C, D>(f: (value: A) => B, g: (value: B) => C, h: (value: C) => D): (value: A) => D;
}
declare module "purview:id" {
  export function uuid(): string;
  export function ulid(): string;
  export function nanoid(length?: number): string;
}
declare module "purview:log" {
  export function logDebug(message: string, fields?: object): void;
  export function logInfo(message: string, fields?: object): void;
  export function logWarn(message: string, fields?: object): void;
  export function logError(message: string, fields?: object): void;
}
declare module "purview:time" {
  export function formatIso(ms: number): string;
  export function formatHttp(ms: number): string;
  export function parseIso(text: string): number | undefined;
  export function addSeconds(ms: number, seconds: number): number;
}
declare module "purview:text" {
  export function escapeHtml(text: string): string;
  export function unescapeHtml(text: string): string;
  export function slugify(text: string): string;
  export function truncate(text: string, max: number, suffix?: string): string;
  export function mask(text: string, visible?: number): string;
}
declare module "purview:url" {
  type Params = Record<string, string>;
  export function urlParse(text: string): { protocol: string; host: string; port: string; path: string; query: string; hash: string; searchParams: Params } | undefined;
  export function urlSearchParams(text: string): Params;
  export function urlEncode(text: string): string;
  export function urlDecode(text: string): string;
}
declare module "purview:fetch" { export function fetchSync(url: string, init?: object): Response }
declare module "purview:io" {
  export function parallel<T extends (() => unknown)[]>(thunks: T): { [K in keyof T]: ReturnType<T[K] extends () => unknown ? T[K] : never> };
  export function race<T>(thunks: (() => T)[]): T | undefined;
}
declare module "purview:cache" {
  export function cacheGet(namespace: string, key: string): string | undefined;
  export function cacheSet(namespace: string, key: string, value: string, ttlSeconds?: number): boolean;
  export function cacheDelete(namespace: string, key: string): boolean;
  export function cacheIncr(namespace: string, key: string, delta?: number, ttlSeconds?: number): number;
  export function cacheStats(namespace?: string): { hits: number; misses: number; entries: number; bytes: number };
}
declare module "purview:ratelimit" {
  export function rateCheck(key: string, limit: number, windowSeconds: number): Result<{ remaining: number; resetAt: number }, { tag: "rate_exceeded"; retryAfter: number }>;
  export function rateReset(key: string): boolean;
}
declare module "purview:http" {
  export function parseCookies(header: string | undefined): Record<string, string>;
  export function setCookie(name: string, value: string, options?: { path?: string; domain?: string; maxAge?: number; expires?: number; httpOnly?: boolean; secure?: boolean; sameSite?: string }): string | undefined;
  export function negotiate(accept: string | undefined, offered: string): string | undefined;
  export function parseContentType(header: string | undefined): { type: string; subtype?: string; charset?: string } | undefined;
  export function cors(origin: string, options?: { methods?: string; headers?: string; maxAge?: number; credentials?: boolean }): Record<string, string>;
}
declare module "purview:sql" {
  type Row = Record<string, string | number | boolean | undefined>;
  export function sql(name: string, statement: string): void;
  export function sqlOne(name: string, params?: unknown[]): Row | undefined;
  export function sqlMany(name: string, params?: unknown[]): Row[];
  export function sqlExec(name: string, params?: unknown[]): { rowsAffected: number; lastInsertRowId?: number };
}
declare module "purview:validate" {
  type Violations = { ok: false; error?: string; errors?: { path: string; message: string }[] };
  export function schemaCompile(name: string, schema: string): boolean;
  export function schemaDrop(name: string): boolean;
  export function validateJson(name: string, text: string): { ok: true; value: any } | Violations;
  export function validateObject(name: string, value: unknown): { ok: true; value: any } | Violations;
  export function coerceJson(name: string, text: string): { ok: true; value: any } | Violations;
}
declare module "purview:decode" {
  export function decodeJson(schema: string, body: string): Result<any, string>;
  export function decodeForm(schema: string, body: string): Result<any, string>;
  export function decodeQuery(schema: string, query: object): Result<any, string>;
  export function decodeFormMultipart(schema: string, body: string, contentType: string): Result<any, string>;
}
