// A style object becomes CSS
function handler(): Response {
  const pages = [
    <p style={{ color: "red", backgroundColor: "#fff", fontSize: "12px" }}>x</p>,
    <p style="margin: 0">x</p>,
    <p style={{ zIndex: 3, lineHeight: 1.5, WebkitMask: "a", "--own": "b" }}>x</p>,
    <p style={{}}>x</p>,
    <p style={{ fontFamily: "\"A\"" }}>x</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
