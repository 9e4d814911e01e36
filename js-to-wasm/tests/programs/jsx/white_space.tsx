// White space as React reads it
function handler(): Response {
  const pages = [
    <p>
      one
      two
    </p>,
    <p> a {"b"} c </p>,
    <p>Count: {42}</p>,
    <p>
      {"x"}
      {"y"}
    </p>,
    <p>a{" "}b</p>,
    <b>  two  spaces  </b>,
    <p>

</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
