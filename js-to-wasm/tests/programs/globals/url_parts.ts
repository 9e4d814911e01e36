// URL: parts
function handler(): Response {
  const lines = [
    JSON.stringify(URL("https://user:pw@Example.com:8080/a/b?x=1#h")),
    JSON.stringify(URL("http://a.b:80/")),
    `${URL("nope")?.href}`,
    `${URL("/a/../b", "https://x.y/z/")?.href}`,
  ];
  return Response.text(lines.join("\n"));
}
