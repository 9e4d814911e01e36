// What routerMatch finds
import { routerMatch } from "purview:router";
const routes = { "GET /a": 1, "POST /a": 2, "GET /a/:b": 3, "GET /f/*rest": 4, "GET /x/:y/z/:w": 5 };
const find = (method: string, url: string): string => JSON.stringify(routerMatch(routes, Request(url, { method })) ?? "none");
function handler(): Response {
  return Response.text([
    find("GET", "/a"), find("POST", "/a"), find("PUT", "/a"), find("GET", "/a/1"), find("GET", "/a/"),
    find("GET", "/f/x/y/z"), find("GET", "/x/1/z/2?q=3"), find("GET", "/a/b%20c"),
  ].join("\n"));
}
