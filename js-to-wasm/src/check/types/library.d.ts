// The names of JavaScript itself that the language has, with their types. `shim/purview.d.ts` adds those of handlers.
// A name that stands here and not in the runtime library, or the other way round, fails a test.

interface Iterable<T> { readonly __each: T }
interface ArrayLike<T> { readonly length: number; readonly [index: number]: T }

interface ReadonlyArray<T> {
  readonly length: number;
  at(index: number): T | undefined;
  concat(...items: (T | readonly T[])[]): T[];
  entries(): [number, T][];
  every<S extends T>(test: (value: T, index: number, array: readonly T[]) => value is S): boolean;
  every(test: (value: T, index: number, array: readonly T[]) => unknown): boolean;
  filter<S extends T>(test: (value: T, index: number, array: readonly T[]) => value is S): S[];
  filter(test: (value: T, index: number, array: readonly T[]) => unknown): T[];
  find<S extends T>(test: (value: T, index: number, array: readonly T[]) => value is S): S | undefined;
  find(test: (value: T, index: number, array: readonly T[]) => unknown): T | undefined;
  findIndex(test: (value: T, index: number, array: readonly T[]) => unknown): number;
  findLast<S extends T>(test: (value: T, index: number, array: readonly T[]) => value is S): S | undefined;
  findLast(test: (value: T, index: number, array: readonly T[]) => unknown): T | undefined;
  findLastIndex(test: (value: T, index: number, array: readonly T[]) => unknown): number;
  flat(depth?: number): $Flat<T>[];
  flatMap<U>(make: (value: T, index: number, array: readonly T[]) => U | readonly U[]): U[];
  forEach(each: (value: T, index: number, array: readonly T[]) => void): void;
  includes(value: T, from?: number): boolean;
  indexOf(value: T, from?: number): number;
  join(separator?: string): string;
  keys(): number[];
  lastIndexOf(value: T, from?: number): number;
  map<U>(make: (value: T, index: number, array: readonly T[]) => U): U[];
  reduce(step: (sum: T, value: T, index: number, array: readonly T[]) => T): T;
  reduce(step: (sum: T, value: T, index: number, array: readonly T[]) => T, start: T): T;
  reduce<U>(step: (sum: U, value: T, index: number, array: readonly T[]) => U, start: U): U;
  reduceRight(step: (sum: T, value: T, index: number, array: readonly T[]) => T): T;
  reduceRight(step: (sum: T, value: T, index: number, array: readonly T[]) => T, start: T): T;
  reduceRight<U>(step: (sum: U, value: T, index: number, array: readonly T[]) => U, start: U): U;
  slice(start?: number, end?: number): T[];
  some(test: (value: T, index: number, array: readonly T[]) => unknown): boolean;
  toReversed(): T[];
  toSorted(compare?: (a: T, b: T) => number): T[];
  toSpliced(start: number, count?: number, ...items: T[]): T[];
  toString(): string;
  values(): T[];
  with(index: number, value: T): T[];
}
interface Array<T> extends ReadonlyArray<T> {
  length: number;
  copyWithin(target: number, start: number, end?: number): T[];
  every<S extends T>(test: (value: T, index: number, array: T[]) => value is S): boolean;
  every(test: (value: T, index: number, array: T[]) => unknown): boolean;
  fill(value: T, start?: number, end?: number): T[];
  filter<S extends T>(test: (value: T, index: number, array: T[]) => value is S): S[];
  filter(test: (value: T, index: number, array: T[]) => unknown): T[];
  flatMap<U>(make: (value: T, index: number, array: T[]) => U | readonly U[]): U[];
  forEach(each: (value: T, index: number, array: T[]) => void): void;
  map<U>(make: (value: T, index: number, array: T[]) => U): U[];
  pop(): T | undefined;
  push(...items: T[]): number;
  reduce(step: (sum: T, value: T, index: number, array: T[]) => T): T;
  reduce(step: (sum: T, value: T, index: number, array: T[]) => T, start: T): T;
  reduce<U>(step: (sum: U, value: T, index: number, array: T[]) => U, start: U): U;
  reverse(): T[];
  shift(): T | undefined;
  some(test: (value: T, index: number, array: T[]) => unknown): boolean;
  sort(compare?: (a: T, b: T) => number): T[];
  splice(start: number, count?: number, ...items: T[]): T[];
  unshift(...items: T[]): number;
}
interface ArrayConstructor {
  (length: number): any[];
  <T>(...items: T[]): T[];
  from<T>(source: Iterable<T> | ArrayLike<T>): T[];
  from<T, U>(source: Iterable<T> | ArrayLike<T>, make: (value: T, index: number) => U): U[];
  isArray(value: unknown): value is any[];
  of<T>(...items: T[]): T[];
}
declare const Array: ArrayConstructor;

interface String {
  readonly length: number;
  at(index: number): string | undefined;
  charAt(index: number): string;
  charCodeAt(index: number): number;
  codePointAt(index: number): number | undefined;
  concat(...texts: string[]): string;
  endsWith(text: string, end?: number): boolean;
  includes(text: string, from?: number): boolean;
  indexOf(text: string, from?: number): number;
  isWellFormed(): boolean;
  lastIndexOf(text: string, from?: number): number;
  normalize(form?: string): string;
  padEnd(length: number, fill?: string): string;
  padStart(length: number, fill?: string): string;
  repeat(count: number): string;
  replace(text: string, other: string | ((found: string, ...rest: any[]) => string)): string;
  replaceAll(text: string, other: string | ((found: string, ...rest: any[]) => string)): string;
  slice(start?: number, end?: number): string;
  split(separator: string, limit?: number): string[];
  startsWith(text: string, from?: number): boolean;
  substr(start: number, length?: number): string;
  substring(start: number, end?: number): string;
  toLowerCase(): string;
  toString(): string;
  toUpperCase(): string;
  toWellFormed(): string;
  trim(): string;
  trimEnd(): string;
  trimStart(): string;
  valueOf(): string;
}
interface StringConstructor {
  (value?: unknown): string;
  fromCharCode(...codes: number[]): string;
  fromCodePoint(...codes: number[]): string;
}
declare const String: StringConstructor;

interface Number {
  toExponential(digits?: number): string;
  toFixed(digits?: number): string;
  toPrecision(digits?: number): string;
  toString(radix?: number): string;
  valueOf(): number;
}
interface NumberConstructor {
  (value?: unknown): number;
  readonly EPSILON: number;
  readonly MAX_SAFE_INTEGER: number;
  readonly MAX_VALUE: number;
  readonly MIN_SAFE_INTEGER: number;
  readonly MIN_VALUE: number;
  readonly NEGATIVE_INFINITY: number;
  readonly NaN: number;
  readonly POSITIVE_INFINITY: number;
  isFinite(value: unknown): boolean;
  isInteger(value: unknown): boolean;
  isNaN(value: unknown): boolean;
  isSafeInteger(value: unknown): boolean;
  parseFloat(text: string): number;
  parseInt(text: string, radix?: number): number;
}
declare const Number: NumberConstructor;
interface Boolean { toString(): string; valueOf(): boolean }
declare function Boolean(value?: unknown): boolean;
interface Object { toString(): string; valueOf(): any }

declare const Object: {
  entries<T>(object: { [name: string]: T } | ArrayLike<T>): [string, T][];
  entries(object: object): [string, any][];
  fromEntries<T = any>(entries: Iterable<readonly [string | number, T]>): { [name: string]: T };
  groupBy<T>(items: Iterable<T>, key: (item: T, index: number) => string | number): { [name: string]: T[] };
  hasOwn(object: object, name: string | number): boolean;
  is(a: unknown, b: unknown): boolean;
  keys(object: object): string[];
  values<T>(object: { [name: string]: T } | ArrayLike<T>): T[];
  values(object: object): any[];
};
interface JSON {
  parse(text: string): any;
  stringify(value: unknown, replacer?: undefined, space?: number | string): string;
}
declare const JSON: JSON;
declare const Date: { now(): number };
declare const NaN: number;
declare const Infinity: number;
interface Error { name: string; message: string; toString(): string }
declare function Error(message?: string): Error;
declare function RangeError(message?: string): Error;
declare function ReferenceError(message?: string): Error;
declare function SyntaxError(message?: string): Error;
declare function TypeError(message?: string): Error;
declare function decodeURI(text: string): string;
declare function decodeURIComponent(text: string): string;
declare function encodeURI(text: string): string;
declare function encodeURIComponent(text: string | number | boolean): string;
declare function isFinite(value: number): boolean;
declare function isNaN(value: number): boolean;
declare function parseFloat(text: string): number;
declare function parseInt(text: string, radix?: number): number;

declare const Math: {
  readonly E: number; readonly LN10: number; readonly LN2: number; readonly LOG10E: number;
  readonly LOG2E: number; readonly PI: number; readonly SQRT1_2: number; readonly SQRT2: number;
  abs(x: number): number; acos(x: number): number; acosh(x: number): number; asin(x: number): number;
  asinh(x: number): number; atan(x: number): number; atan2(y: number, x: number): number; atanh(x: number): number;
  cbrt(x: number): number; ceil(x: number): number; clz32(x: number): number; cos(x: number): number;
  cosh(x: number): number; exp(x: number): number; expm1(x: number): number; floor(x: number): number;
  fround(x: number): number; hypot(...values: number[]): number; imul(a: number, b: number): number;
  log(x: number): number; log10(x: number): number; log1p(x: number): number; log2(x: number): number;
  max(...values: number[]): number; min(...values: number[]): number; pow(x: number, y: number): number;
  random(): number; round(x: number): number; sign(x: number): number; sin(x: number): number;
  sinh(x: number): number; sqrt(x: number): number; tan(x: number): number; tanh(x: number): number;
  trunc(x: number): number;
};

type PropertyKey = string | number;
interface ReadonlyMap<K, V> {
  readonly size: number;
  entries(): Iterable<[K, V]>;
  forEach(each: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void;
  get(key: K): V | undefined;
  has(key: K): boolean;
  keys(): Iterable<K>;
  values(): Iterable<V>;
}
interface ReadonlySet<T> {
  readonly size: number;
  entries(): Iterable<[T, T]>;
  forEach(each: (value: T, again: T, set: ReadonlySet<T>) => void): void;
  has(value: T): boolean;
  isDisjointFrom(other: Set<unknown>): boolean;
  isSubsetOf(other: Set<unknown>): boolean;
  isSupersetOf(other: Set<unknown>): boolean;
  keys(): Iterable<T>;
  values(): Iterable<T>;
}
interface Map<K, V> {
  readonly size: number;
  clear(): void;
  delete(key: K): boolean;
  entries(): Iterable<[K, V]>;
  forEach(each: (value: V, key: K, map: Map<K, V>) => void): void;
  get(key: K): V | undefined;
  has(key: K): boolean;
  keys(): Iterable<K>;
  set(key: K, value: V): Map<K, V>;
  values(): Iterable<V>;
}
interface MapConstructor { groupBy<K, T>(items: Iterable<T>, key: (item: T, index: number) => K): Map<K, T[]> }
declare const Map: MapConstructor;
interface Set<T> {
  readonly size: number;
  add(value: T): Set<T>;
  clear(): void;
  delete(value: T): boolean;
  difference(other: Set<unknown>): Set<T>;
  entries(): Iterable<[T, T]>;
  forEach(each: (value: T, again: T, set: Set<T>) => void): void;
  has(value: T): boolean;
  intersection<U>(other: Set<U>): Set<T & U>;
  isDisjointFrom(other: Set<unknown>): boolean;
  isSubsetOf(other: Set<unknown>): boolean;
  isSupersetOf(other: Set<unknown>): boolean;
  keys(): Iterable<T>;
  symmetricDifference<U>(other: Set<U>): Set<T | U>;
  union<U>(other: Set<U>): Set<T | U>;
  values(): Iterable<T>;
}
declare const Set: SetConstructor;

interface $TypedArray {
  readonly BYTES_PER_ELEMENT: number;
  readonly byteLength: number;
  readonly byteOffset: number;
  readonly length: number;
  [index: number]: number;
  at(index: number): number | undefined;
  copyWithin(target: number, start: number, end?: number): this;
  entries(): [number, number][];
  every(test: (value: number, index: number, array: this) => unknown): boolean;
  fill(value: number, start?: number, end?: number): this;
  filter(test: (value: number, index: number, array: this) => unknown): this;
  find(test: (value: number, index: number, array: this) => unknown): number | undefined;
  findIndex(test: (value: number, index: number, array: this) => unknown): number;
  findLast(test: (value: number, index: number, array: this) => unknown): number | undefined;
  findLastIndex(test: (value: number, index: number, array: this) => unknown): number;
  forEach(each: (value: number, index: number, array: this) => void): void;
  includes(value: number, from?: number): boolean;
  indexOf(value: number, from?: number): number;
  join(separator?: string): string;
  keys(): number[];
  lastIndexOf(value: number, from?: number): number;
  map(make: (value: number, index: number, array: this) => number): this;
  reduce(step: (sum: number, value: number, index: number, array: this) => number): number;
  reduce<U>(step: (sum: U, value: number, index: number, array: this) => U, start: U): U;
  reduceRight(step: (sum: number, value: number, index: number, array: this) => number): number;
  reduceRight<U>(step: (sum: U, value: number, index: number, array: this) => U, start: U): U;
  reverse(): this;
  set(source: ArrayLike<number>, offset?: number): void;
  slice(start?: number, end?: number): this;
  some(test: (value: number, index: number, array: this) => unknown): boolean;
  sort(compare?: (a: number, b: number) => number): this;
  subarray(start?: number, end?: number): this;
  toReversed(): this;
  toSorted(compare?: (a: number, b: number) => number): this;
  toString(): string;
  values(): number[];
  with(index: number, value: number): this;
}
interface Int8Array extends $TypedArray {}
interface Uint8Array extends $TypedArray {}
interface Uint8ClampedArray extends $TypedArray {}
interface Int16Array extends $TypedArray {}
interface Uint16Array extends $TypedArray {}
interface Int32Array extends $TypedArray {}
interface Uint32Array extends $TypedArray {}
interface Float32Array extends $TypedArray {}
interface Float64Array extends $TypedArray {}
interface $TypedArrayConstructor<A> {
  readonly BYTES_PER_ELEMENT: number;
  from(source: Iterable<number> | ArrayLike<number>): A;
  from<T>(source: Iterable<T> | ArrayLike<T>, make: (value: T, index: number) => number): A;
  of(...items: number[]): A;
}
interface Int8ArrayConstructor extends $TypedArrayConstructor<Int8Array> {}
interface Uint8ArrayConstructor extends $TypedArrayConstructor<Uint8Array> {}
interface Uint8ClampedArrayConstructor extends $TypedArrayConstructor<Uint8ClampedArray> {}
interface Int16ArrayConstructor extends $TypedArrayConstructor<Int16Array> {}
interface Uint16ArrayConstructor extends $TypedArrayConstructor<Uint16Array> {}
interface Int32ArrayConstructor extends $TypedArrayConstructor<Int32Array> {}
interface Uint32ArrayConstructor extends $TypedArrayConstructor<Uint32Array> {}
interface Float32ArrayConstructor extends $TypedArrayConstructor<Float32Array> {}
interface Float64ArrayConstructor extends $TypedArrayConstructor<Float64Array> {}
declare const Int8Array: Int8ArrayConstructor;
declare const Uint8Array: Uint8ArrayConstructor;
declare const Uint8ClampedArray: Uint8ClampedArrayConstructor;
declare const Int16Array: Int16ArrayConstructor;
declare const Uint16Array: Uint16ArrayConstructor;
declare const Int32Array: Int32ArrayConstructor;
declare const Uint32Array: Uint32ArrayConstructor;
declare const Float32Array: Float32ArrayConstructor;
declare const Float64Array: Float64ArrayConstructor;

declare module "purview:io" {
  export function parallel<A>(thunks: [() => A]): [A];
  export function parallel<A, B>(thunks: [() => A, () => B]): [A, B];
  export function parallel<A, B, C>(thunks: [() => A, () => B, () => C]): [A, B, C];
  export function parallel<A, B, C, D>(thunks: [() => A, () => B, () => C, () => D]): [A, B, C, D];
  export function parallel<T>(thunks: readonly (() => T)[]): T[];
}
