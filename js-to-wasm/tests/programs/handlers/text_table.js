// request: {"url": "/?format=table"}
const rows = [
  { name: "Ada", born: 1815, fields: ["math"] },
  { name: "Grace", born: 1906, fields: ["compilers", "navy"] },
];
const columns = ["name", "born", "fields"];
const cell = (value) => (Array.isArray(value) ? value.join("/") : String(value ?? ""));
function width(column) {
  return rows.reduce((widest, row) => Math.max(widest, cell(row[column]).length), column.length);
}
const line = (values, widths) => values.map((value, index) => value.padEnd(widths[index] ?? 0)).join(" | ").trimEnd();
function table() {
  const widths = columns.map(width);
  const body = rows.map((row) => line(columns.map((column) => cell(row[column])), widths));
  return [line(columns, widths), widths.map((n) => "-".repeat(n)).join("-+-"), ...body].join("\n");
}
export default function handler(req) {
  const format = req.query.format ?? "json";
  if (format === "table") {
    return Response.text(table());
  }
  return format === "json" ? Response.json(rows) : Response.text(`unknown format ${format}`, { status: 400 });
}
