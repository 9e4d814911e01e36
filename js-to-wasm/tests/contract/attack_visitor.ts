// {"env": ["*"]}
import { env } from "purview:env";
type Tree = { name: string; inner: Tree[] };
const visit = (tree: Tree, f: (name: string) => void): void => { f(tree.name); tree.inner.forEach((inner) => visit(inner, f)); };
export function handler(req: Request): Response {
  visit({ name: "A", inner: [{ name: req.path, inner: [] }] }, (name) => { console.log(env(name) ?? ""); });
  return Response.text("");
}
