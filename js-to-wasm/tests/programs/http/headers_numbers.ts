function handler(): Response {
  return Response.text("x", { headers: { "x-n": `${5}`, "x-t": `${true}` } });
}
