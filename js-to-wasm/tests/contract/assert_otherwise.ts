// {"env": ["A", "B"]}
import { env } from "purview:env";
function read(n: string): Response { assert env(n) !== undefined, Response.text(env("B") ?? ""); return Response.text("x"); }
export function handler(req: Request): Response { return read("A"); }
