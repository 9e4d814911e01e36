// request: {"headers": {"cookie": "a=1; b=\"two\"; c=%C3%BC; a=2; d; =e; f=%zz; g=x=y"}}
import { parseCookies, setCookie } from "purview:http";
function handler(request: Request): Response {
  return Response.json([
    parseCookies(request.headers.get("cookie")),
    parseCookies(undefined),
    setCookie("a", "1"),
    setCookie("a", "1", { path: "/", domain: "example.com", maxAge: 60, expires: 0, httpOnly: true, secure: true, sameSite: "lax" }),
    ["a b", "", "é"].map((name) => setCookie(name, "1") ?? "refused"),
    ["a b", "a;b", 'a"b', "a,b", "ü"].map((value) => setCookie("a", value) ?? "refused"),
    setCookie("a", "1", { path: "x" }) ?? "refused",
    setCookie("a", "1", { path: "/;b" }) ?? "refused",
    setCookie("a", "1", { domain: "a b" }) ?? "refused",
    setCookie("a", "1", { sameSite: "None" }) ?? "refused",
    setCookie("a", "1", { sameSite: "None", secure: true }),
    setCookie("__Host-a", "1", { path: "/", secure: true }),
    setCookie("__Host-a", "1", { secure: true }) ?? "refused",
    setCookie("__Secure-a", "1") ?? "refused",
  ]);
}
