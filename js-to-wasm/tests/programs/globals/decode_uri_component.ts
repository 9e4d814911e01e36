// decodeURIComponent
function handler(): Response {
  const lines = [
    JSON.stringify(decodeURIComponent("a%20b%26%C3%A9")),
    JSON.stringify(decodeURIComponent("%F0%9F%98%80")),
    JSON.stringify(decodeURIComponent("plain+")),
  ];
  return Response.text(lines.join("\n"));
}
