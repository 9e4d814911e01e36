// A 32-bit hash with Math.imul
function handler(): Response {
  const hash = (text: string): number => {
    let h = 2166136261;
    for (const i of range(text.length)) {
      h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    }
    return h >>> 0;
  };
  const lines = [
    JSON.stringify(hash("")),
    JSON.stringify(hash("a")),
    JSON.stringify(hash("foobar")),
    JSON.stringify(hash("😀")),
  ];
  return Response.text(lines.join("\n"));
}
