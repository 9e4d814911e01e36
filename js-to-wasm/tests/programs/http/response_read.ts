function handler(): Response {
  const inner = Response.json({ n: 5 });
  const data: { n: number } = inner.json();
  return Response.text(`${data.n} ${Response.text("t").text()}`);
}
