// Reading CSV
const parse = (text: string): string[][] => text.split("\n").map((line) => {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (const i of range(line.length)) {
    const c = line.charAt(i);
    if (c === "\"") {
      if (quoted && line.charAt(i + 1) === "\"") {
        field += c;
      }
      quoted = !quoted;
    } else if (c === "," && !quoted) {
      fields.push(field);
      field = "";
    } else {
      field += c;
    }
  }
  return [...fields, field];
});
function handler(): Response {
  const lines = [
    JSON.stringify(parse("a,b,c\n1,\"x, y\",3\n,\"\"\"q\"\"\",")),
  ];
  return Response.text(lines.join("\n"));
}
