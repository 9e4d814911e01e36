// Runs emitted handlers under Node.
//
//   node node.mjs handler.mjs < request.json      one request from standard input, the response as JSON on standard output
//   node node.mjs --port 8080 handler.mjs         an HTTP server on 127.0.0.1
//   node node.mjs --batch < lines                 per line {"module": path, "request": {…}}, per line a response
//
// A request is {"method", "url", "headers", "body", "env", "upstreams"}, all optional; "upstreams" are answers by URL, which stand for the
// network. With --batch there is no other network, the cache is empty for each new module, and tokens are judged in November 2023. A response is {"status", "headers": [[name, value]…],
// "body", "log": [lines]}; a handler that fails gives status 500 and "fault" with the reason.

import { createServer } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Request, bodyOf, database, headerLines, isResponse, kept, network, sink, times, variables } from "./runtime.mjs";

const load = async (path) => (await import(pathToFileURL(resolve(path)))).default;

/** Fields that are the server's own: what a handler sets there is not sent. */
const FRAMING = ["connection", "content-length", "date", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/** Calls the handler and reads the whole response. */
async function answer(path, { method, url = "/", headers, body, env = {}, upstreams }) {
  const log = [];
  const write = (_level, line) => log.push(line);
  sink.write = write;
  variables.values = env;
  try {
    const handler = await load(path);
    // Other requests may have begun meanwhile; from here on nothing waits.
    sink.write = write;
    variables.values = env;
    network.answers = upstreams;
    const response = handler(Request(url, { method, headers, body: body === "" ? undefined : body }));
    if (!isResponse(response)) throw new Error("the handler did not return a Response");
    let head;
    const begin = () => {
      const lines = headerLines(response.headers).filter(([name]) => !FRAMING.includes(name));
      head ??= { status: response.status, headers: lines };
    };
    const text = Buffer.from(bodyOf(response, begin), "utf8").toString("utf8");
    begin();
    return { ...head, body: [204, 205, 304].includes(head.status) ? "" : text, log };
  } catch (error) {
    return { status: 500, headers: [], body: "", log, fault: String(error?.message ?? error), stack: () => String(error?.stack ?? error) };
  }
}

async function input() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function serve(port, path) {
  // The stack of a fault names places of the source.
  process.setSourceMapsEnabled(true);
  const server = createServer(async (request, reply) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = parts.length > 0 ? Buffer.concat(parts).toString("utf8") : undefined;
    const { method, url } = request;
    // On the wire, text of headers is UTF-8; of fields with the same name the last one counts.
    const headers = {};
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      headers[request.rawHeaders[i].toLowerCase()] = Buffer.from(request.rawHeaders[i + 1], "latin1").toString("utf8");
    }
    const response = await answer(path, { method, url, headers, body, env: process.env });
    response.log.forEach((line) => process.stderr.write(`${line}\n`));
    if (response.fault !== undefined) process.stderr.write(`fault: ${response.stack()}\n`);
    reply.writeHead(response.status, response.headers.flat().map((text) => Buffer.from(text, "utf8").toString("latin1")));
    reply.end(response.body);
  });
  server.listen(port, "127.0.0.1");
}

/** SQLite, where Node has it. */
const sqlite = await import("node:sqlite").catch(() => undefined);
if (sqlite !== undefined && process.env.PURVIEW_SQLITE !== undefined) {
  let opened;
  database.open = () => (opened ??= new sqlite.DatabaseSync(process.env.PURVIEW_SQLITE));
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--batch") {
  let before;
  for (const line of (await input()).split("\n").filter((line) => line !== "")) {
    const { module, request } = globalThis.JSON.parse(line);
    if (module !== before) kept.namespaces.clear();
    before = module;
    times.now = () => 1_700_000_000_000;
    process.stdout.write(`${globalThis.JSON.stringify(await answer(module, { upstreams: {}, ...request }))}\n`);
  }
} else if (first === "--port") {
  serve(Number(rest[0]), rest[1]);
} else if (first !== undefined) {
  const text = await input();
  process.stdout.write(`${globalThis.JSON.stringify(await answer(first, text.trim() === "" ? {} : globalThis.JSON.parse(text)))}\n`);
} else {
  process.stderr.write("usage: node node.mjs [--port N] handler.mjs | --batch\n");
  process.exitCode = 64;
}
