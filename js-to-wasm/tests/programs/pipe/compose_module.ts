// pipe and guard of purview:compose
import { guard, pipe } from "purview:compose";
const shout = pipe((s: string) => s.trim(), (s: string) => s.toUpperCase(), (s: string) => `${s}!`);
const auth = guard((req: Request) => req.headers["x-key"] === undefined ? Response.text("who?", { status: 401 }) : undefined);
const inner = auth(() => Response.text(shout(" hi ")));
function handler(req: Request): Response {
  return inner(req);
}
