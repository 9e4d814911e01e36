export const name = "values";
export function double(n: number): number {
  return n * 2;
}
export let count = 0;
export const [first, { second }] = ["1st", { second: "2nd" }];
export type Pair = { a: number; b: number };
export interface Named { name: string }
