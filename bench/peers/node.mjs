// The peer Node: its own `http` module, one process, no framework. Takes the port as its only argument.
import { createServer } from "node:http";
import { auth, user, userView, HELLO } from "./routes.mjs";

createServer(handle).listen(Number(process.argv[2]), "127.0.0.1", 1024);

function handle(request, response) {
  const { method, url, headers } = request;
  if (method === "GET" && url === "/") return send(response, 200, HELLO);
  if (method === "GET" && url === "/auth") {
    return send(response, 200, auth(headers.authorization, headers.cookie, headers["x-request-id"]));
  }
  if (method === "GET" && url.startsWith("/users/")) {
    const view = userView(url);
    return view ? send(response, 200, view) : send(response, 400, { error: "bad request" });
  }
  if (method === "POST" && url === "/users") {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const created = user(text);
      return created ? send(response, 200, created) : send(response, 400, { error: "bad request" });
    });
    return;
  }
  send(response, 404, { error: "not found" });
}

function send(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}
