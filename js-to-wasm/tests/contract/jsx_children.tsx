// {"env": ["A"]}
import { env } from "purview:env";
const Box = ({ children }: { children?: unknown }) => <div>{children}</div>;
export function handler(req: Request): Response {
  return Response.html(renderToString(<Box>{env("A") ?? ""}</Box>));
}
