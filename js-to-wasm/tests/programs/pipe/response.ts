// A pipe that ends in a response
const page = (title: string) => `<h1>${title}</h1>`;
function handler(): Response {
  return "hello" |> page |> Response.html;
}
