// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const stored = Result.ok<{ name: string }, string>({ name: "A" });
  if (stored.ok) { stored.value.name = req.path; }
  return Response.json(env(stored.ok ? stored.value.name : "B") ?? "");
}
