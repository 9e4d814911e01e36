// The peer Deno: its own server, one process. Takes the port as its only argument.
import { handle } from "./fetch.mjs";

Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen: () => {} }, handle);
