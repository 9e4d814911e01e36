// Finding the first pair without labels
function handler(): Response {
  const out: string[] = [];
  const pair = (list: number[]): number[] | undefined => {
    for (const a of list) {
      for (const b of list) {
        if (a !== b && a + b === 10) {
          return [a, b];
        }
      }
    }
    return undefined;
  };
  out.push(JSON.stringify(pair([1, 4, 6, 9]) ?? []), JSON.stringify(pair([1]) ?? []));
  return Response.text(out.join("\n"));
}
