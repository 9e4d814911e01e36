// {"proven": ["no_secret_leakage"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const r = fetchSync("https://a.example/", { headers: { authorization: env("API_TOKEN") ?? "" } });
  return Response.text(r.statusText);
}
