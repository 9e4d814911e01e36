// request: {"url": "/?b=1", "env": {"A": "the value"}}
import { env } from "purview:env";
const pick = (name?: string): string | undefined => env(name ?? "");
const read = env;
const all = (names: string[]): (string | undefined)[] => names.map((name) => env(name));
export function handler(req: Request): Response {
  const wanted = req.query.b === "1" ? "A" : "";
  const other = req.query.b === "1" ? "" : "A";
  return Response.json([
    pick("A") ?? "none",
    pick() ?? "none",
    pick(undefined) ?? "none",
    env(wanted) ?? "none",
    env(other) ?? "none",
    read(other) ?? "none",
    ...all(["A", "", "=A"]).map((value) => value ?? "none"),
  ]);
}
