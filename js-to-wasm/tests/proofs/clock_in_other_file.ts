// {"open": {"deterministic": "stamp (clock_in_other_file.ts:4:27) \u2192 reads the clock (b.ts:1:42)"}}
import { stamp } from "./b.ts";
export function handler(req: Request): Response {
  return Response.text(`${stamp()}`);
}
// file: b.ts
export function stamp(): number { return Date.now(); }
