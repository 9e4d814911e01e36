// match that takes every list of a form, without default
const both = (a, b) => match ([a === 1, b === 1]) { when [true, true]: "both" when [false, false]: "none" when [_, _]: "one" };
function handler() {
  return Response.json([both(1, 1), both(1, 2), both(2, 1), both(2, 2)]);
}
