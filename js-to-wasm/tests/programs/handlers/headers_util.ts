// request: {"url":"/?name=Bob"}
type HeaderMap = Record<string, string>;
const SECURITY: HeaderMap = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
type Middleware = (next: Handler) => Handler;
type Handler = (req: Request) => Response;

const withHeaders = (extra: HeaderMap): Middleware => (next) => (req) => {
  const response = next(req);
  for (const [name, value] of Object.entries(extra)) {
    response.headers.set(name, value);
  }
  return response;
};
const withMethod = (...methods: string[]): Middleware => (next) => (req) =>
  methods.includes(req.method) ? next(req) : Response.text("no", { status: 405 });
const chain = (...list: Middleware[]): Middleware => (handler) => list.reduceRight((next, middleware) => middleware(next), handler);

const hello: Handler = (req) => Response.text(`hello ${req.query.name ?? "world"}`);
export const handler = chain(withMethod("GET", "HEAD"), withHeaders(SECURITY))(hello);
