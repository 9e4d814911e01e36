// Lists of elements
function handler(): Response {
  const items = ["a", "b", "c"];
  const pages = [
    <ul>{items.map((item) => <li>{item}</li>)}</ul>,
    <ol>{items.map((item, i) => <li key={item}>{i}: {item}</li>)}</ol>,
    <p>{items.filter((item) => item > "a").map((item) => `[${item}]`)}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
