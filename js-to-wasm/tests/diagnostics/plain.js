// JavaScript without a single type
import { env } from "purview:env";
import { jwtVerify } from "purview:auth";
const users = [{ id: 1, name: "a" }, { id: 2, name: "b" }];
const byId = (id) => users.find((user) => user.id === id);
const double = (n) => n * 2;
let hits = 0;
function helper(path) {
  if (path === "/a") { return Response.text("a"); }
}
function handler(req) {
  hits = hits + 1;
  const user = byId(1);
  if (req.query.page) { return Response.text(user.name); }
  const claims = jwtVerify(req.headers.authorization, env("SECRET")).value;
  const total = double("5") + users.lenght;
  if (req.path === "/helper") { return helper(req.path); }
  if (req.path === "/total") { return total; }
  return Response.json({ claims, name: users[0].name.toUpper(), port: env("PORT") + 1 });
}
