// The rest of a list
function handler(): Response {
  const out: string[] = [];
  const [head, ...tail] = [1, 2, 3];
  const [...all] = "ab";
  const [only, ...none] = ["x"];
  out.push(`${head}`, tail.join(), all.join(), `${only}${none.length}`);
  return Response.text(out.join("\n"));
}
