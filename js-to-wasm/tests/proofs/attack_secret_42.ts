// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
const state: { k?: string } = {};
const init = () => { state.k = env("TOKEN"); };
init();
export function handler(req: Request): Response {
  return Response.json(state.k ?? "");
}
