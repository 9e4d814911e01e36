// Early returns
function handler(): Response {
  const kind = (n: number): string => {
    if (n < 0) {
      return "negative";
    }
    if (n === 0) {
      return "zero";
    }
    for (const limit of [10, 100]) {
      if (n < limit) {
        return `below ${limit}`;
      }
    }
    return "large";
  };
  const lines = [
    JSON.stringify(kind(-1)),
    JSON.stringify(kind(0)),
    JSON.stringify(kind(5)),
    JSON.stringify(kind(50)),
  ];
  return Response.text(lines.join("\n"));
}
