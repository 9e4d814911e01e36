// {"open": {"deterministic": ""}}
import { uuid } from "purview:id";
const make = uuid;
export function handler(req: Request): Response {
  return Response.json(make());
}
