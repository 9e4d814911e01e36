// The peer Bun: its own server, one process. Takes the port as its only argument.
import { handle } from "./fetch.mjs";

Bun.serve({ hostname: "127.0.0.1", port: Number(process.argv[2]), fetch: handle });
