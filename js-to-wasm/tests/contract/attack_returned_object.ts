// {"env": ["*"]}
import { env } from "purview:env";
const box = (name: string) => ({ get: () => name, set: (other: string) => box(other) });
export function handler(req: Request): Response {
  return Response.json(env(box("A").set(req.path).get()) ?? "");
}
