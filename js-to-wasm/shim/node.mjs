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

/** Calls the handler and reads the whole response. */
async function answer(path, { method, url = "/", headers, body, env = {}, upstreams }) {
  const log = [];
  sink.write = (_level, line) => log.push(line);
  variables.values = env;
  network.answers = upstreams;
  try {
    const handler = await load(path);
    const response = handler(Request(url, { method, headers, body }));
    if (!isResponse(response)) throw new Error("the handler did not return a Response");
    const empty = response.status < 200 || response.status === 204 || response.status === 304;
    const text = empty ? "" : Buffer.from(bodyOf(response), "utf8").toString("utf8");
    return { status: response.status, headers: headerLines(response.headers), body: text, log };
  } catch (error) {
    return { status: 500, headers: [], body: "", log, fault: String(error?.message ?? error) };
  }
}

async function input() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function serve(port, path) {
  const server = createServer(async (request, reply) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = parts.length > 0 ? Buffer.concat(parts).toString("utf8") : undefined;
    const { method, url, headers } = request;
    const response = await answer(path, { method, url, headers, body, env: process.env });
    response.log.forEach((line) => process.stderr.write(`${line}\n`));
    if (response.fault !== undefined) process.stderr.write(`fault: ${response.fault}\n`);
    reply.writeHead(response.status, response.headers.flat());
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
