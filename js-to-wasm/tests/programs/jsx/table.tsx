// A table of data
function handler(): Response {
  const columns = ["id", "name"];
  const rows: Record<string, string>[] = [{ id: "1", name: "<a>" }, { id: "2" }];
  const pages = [
    <table><thead><tr>{columns.map((c) => <th>{c}</th>)}</tr></thead><tbody>{rows.map((row) => <tr>{columns.map((c) => <td>{row[c] ?? "-"}</td>)}</tr>)}</tbody></table>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
