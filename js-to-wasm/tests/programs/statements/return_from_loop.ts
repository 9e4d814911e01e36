// Leaving a function from a loop
function handler(): Response {
  const out: string[] = [];
  const find = (list: number[], wanted: number): string => {
    for (const n of list) {
      for (const m of list) {
        if (n * m === wanted) {
          return `${n}*${m}`;
        }
      }
    }
    return "none";
  };
  out.push(find([2, 3, 5], 15), find([2, 3], 7));
  return Response.text(out.join("\n"));
}
