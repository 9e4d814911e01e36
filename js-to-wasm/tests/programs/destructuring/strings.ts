// A string as a list
function handler(): Response {
  const out: string[] = [];
  const [a, b, ...rest] = "h😀llo";
  out.push(a ?? "", b ?? "", rest.join("-"));
  return Response.text(out.join("\n"));
}
