// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.html(renderToString(<ul>{["A", "B"].map((n) => <li>{env(n) ?? ""}</li>)}</ul>));
}
