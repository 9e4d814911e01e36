// Does what its request says: one call, several at once, whichever is first. The origin is chosen at run time.
import { parallel, race } from "purview:io";

const told = (answer: Response): string => `${answer.status} ${answer.error ?? answer.text()}`;

function init(request: Request): FetchInit {
  const { method, name, value, body, max, count, size } = request.query;
  const headers: Record<string, string> = {};
  for (const at of range(Number(count ?? "0"))) {
    headers[`x-${at}`] = "x".repeat(Number(size ?? "1"));
  }
  if (name !== undefined) {
    headers[name] = value ?? "";
  }
  return { method, headers, body, maxResponseBytes: max === undefined ? undefined : Number(max) };
}

function fields(answer: Response): string {
  return `${answer.headers.get("x-one") ?? ""} ${answer.headers.get("set-cookie") ?? ""} ${answer.statusText} ${answer.ok}`;
}

export default function handler(request: Request): Response {
  const base = request.query.base ?? "";
  const url = request.query.url ?? "";
  switch (request.path) {
    case "/fetch":
      return Response.text(told(fetchSync(url, init(request))));
    case "/fields":
      return Response.text(fields(fetchSync({ url })));
    case "/details": {
      const answer = fetchSync(url, init(request));
      return Response.text(`${answer.status} ${answer.statusText} ${answer.body ?? ""}`);
    }
    case "/request":
      return Response.text(httpRequest(request.text()));
    case "/parallel": {
      const started = Date.now();
      const results = parallel([
        () => fetchSync(`${base}/delay/50`).text(),
        () => fetchSync(`${base}/delay/51`, { maxResponseBytes: 1 }).statusText,
        () => fetchSync(`${base}/delay/52`).text().length,
      ]);
      return Response.json({ results, took: Date.now() - started });
    }
    case "/steps": {
      const steps = (branch: number) => (): string =>
        [150, 153, 156].map((ms) => fetchSync(`${base}/delay/${ms + branch}`).text()).join(" ");
      return Response.json(parallel([steps(0), steps(1), steps(2)]));
    }
    case "/race": {
      const slow = () => fetchSync(`${base}/delay/2000`).text();
      const quick = () => fetchSync(`${base}/delay/20`).text();
      return Response.text(race([slow, quick, slow]) ?? "none");
    }
    case "/many": {
      const ms = request.query.ms;
      const path = (at: number): string => ms === undefined ? `text/${at}` : `delay/${ms}`;
      const thunks = Array.from(range(Number(request.query.count)), (at) => () => fetchSync(`${base}/${path(at)}`).text());
      return Response.text(parallel(thunks).join(" "));
    }
    default:
      return Response.text("?", { status: 404 });
  }
}
