// Forms of range
function handler(): Response {
  const out: string[] = [];
  out.push(JSON.stringify([...range(4)]));
  out.push(JSON.stringify([...range(2, 5)]));
  out.push(JSON.stringify([...range(0, 10, 3)]));
  out.push(JSON.stringify([...range(5, 0, -2)]));
  out.push(JSON.stringify([...range(3, 3)]));
  out.push(JSON.stringify([...range(0)]));
  out.push(JSON.stringify([...range(-2)]));
  out.push(JSON.stringify([...range(0, 3, 0)]));
  out.push(JSON.stringify([...range(2.9)]));
  return Response.text(out.join("\n"));
}
