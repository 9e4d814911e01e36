// {"open": {"deterministic": "reads the clock"}}
import { pipe } from "purview:compose";
const add = (n: number): number => n + Date.now();
export function handler(req: Request): Response {
  return Response.text(`${pipe(add, add)(1)}`);
}
