// Which offer is wanted most
import { negotiate, parseContentType } from "purview:http";
function handler(): Response {
  const offers = "text/html, application/json";
  const lines = [
    undefined, "", "application/json", "*/*", "text/*;q=0.5, application/json;q=0.4", "text/html;q=0.2, */*;q=0.3",
    "text/html;q=0, */*", "image/png", "TEXT/HTML", "text/html;q=2", "application/json; q=1.0, text/html;q=0.999",
  ].map((accept) => negotiate(accept, offers) ?? "none");
  const types = ["text/html; charset=UTF-8", 'application/json;charset="utf-8"', "text", "a/b; x=y", "", "a b/c", "TEXT/Plain"];
  return Response.json([lines, negotiate("gzip;q=0.5, br", "gzip,br"), types.map((type) => parseContentType(type) ?? "none"), parseContentType(undefined) ?? "none"]);
}
