function handler(): Response {
  console.log("a", 1, true, undefined, { b: [1] }, -0.5);
  console.error("bad");
  console.warn("hm");
  console.info("i");
  console.debug("d");
  return Response.text("ok");
}
