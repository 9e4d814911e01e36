// valueOf gives the value itself
function handler(): Response {
  const o = { a: 1 };
  const own = { valueOf: () => 5 };
  return Response.json(["a".valueOf(), (1.5).valueOf(), true.valueOf(), o.valueOf(), own.valueOf()]);
}
