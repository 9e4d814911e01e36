// Wrapping lines
const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
};
function handler(): Response {
  const lines = [
    JSON.stringify(wrap("the quick brown fox jumps over the lazy dog", 12)),
  ];
  return Response.text(lines.join("\n"));
}
