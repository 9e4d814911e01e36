// Leftovers
import { env } from "purview:env";
import { sha256, hmacSha256 } from "purview:crypto";
const limit = 10;
const _later = 1;
function old(): number { return 1; }
const arrow = () => 2;
export function handler(req: Request): Response {
  const name = req.path;
  let count = 0;
  count = 1;
  const { method, url } = req;
  if (method === "GET") { return Response.text(sha256(method)); } else { return Response.text("no"); }
  console.log("never");
}
export function loop(): number {
  for (const a of [1, 2]) { return a; console.log(a); }
  for (const b of [1]) { continue; }
  return 0;
  return 1;
}
