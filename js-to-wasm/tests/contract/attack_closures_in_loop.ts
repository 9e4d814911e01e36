// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const calls: (() => string | undefined)[] = [];
  for (const name of ["A", req.path]) { calls.push(() => env(name)); }
  return Response.json(calls.map((call) => call() ?? ""));
}
