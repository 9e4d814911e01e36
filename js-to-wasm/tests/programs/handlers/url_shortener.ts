// request: {"method": "POST", "url": "/shorten", "body": "{\"url\":\"https://example.com/a?b=c\"}"}
import { cacheGet, cacheSet, cacheIncr } from "purview:cache";
const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const encode = (n: number): string => (n < ALPHABET.length ? ALPHABET.charAt(n) : encode(Math.floor(n / ALPHABET.length)) + ALPHABET.charAt(n % ALPHABET.length));
type Handler = (req: Request) => Response;
const notFound: Handler = (req) => Response.json({ error: `nothing at ${req.path}` }, { status: 404 });
const shorten: Handler = (req) => {
  const input: { url?: string } = JSON.parse(req.body ?? "") ?? {};
  const { url } = input;
  if (url === undefined || !(url.startsWith("https://") || url.startsWith("http://"))) {
    return Response.json({ error: "url is required" }, { status: 400 });
  }
  const id = encode(1000 + (cacheIncr("links", "count") ?? 0));
  if (!cacheSet("links", id, url, 86400)) {
    return Response.json({ error: "try again" }, { status: 503 });
  }
  return Response.json({ id, short: `/${id}` }, { status: 201, headers: { location: `/${id}` } });
};
const follow: Handler = (req) => {
  const target = cacheGet("links", req.path.slice(1));
  return target === undefined ? notFound(req) : Response.redirect(target, 302);
};
const routes: { method: string; test: (path: string) => boolean; run: Handler }[] = [
  { method: "POST", test: (path) => path === "/shorten", run: shorten },
  { method: "GET", test: (path) => path.length > 1, run: follow },
];
export function handler(req: Request): Response {
  const route = routes.find(({ method, test }) => method === req.method && test(req.path));
  return (route?.run ?? notFound)(req);
}
