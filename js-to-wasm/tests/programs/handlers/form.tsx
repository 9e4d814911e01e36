// request: {"url":"/?name=&email=nope"}
type Field = { name: string; label: string; type?: "text" | "email" | "number"; required?: boolean; error?: string };
const Input = ({ name, label, type = "text", required = false, error }: Field) => (
  <label>
    {label}
    <input name={name} type={type} required={required} aria-invalid={error !== undefined} />
    {error !== undefined && <em>{error}</em>}
  </label>
);
const fields: Field[] = [
  { name: "name", label: "Name", required: true },
  { name: "email", label: "E-mail", type: "email" },
];
const validate = (values: Record<string, string | undefined>): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? "";
    if (field.required === true && value.trim() === "") errors[field.name] = `${field.label} is required`;
    else if (field.type === "email" && value !== "" && !value.includes("@")) errors[field.name] = "not an address";
  }
  return errors;
};
export function handler(req: Request): Response {
  const errors = validate(req.query);
  const failed = Object.keys(errors).length > 0;
  return Response.html(
    renderToString(
      <form method="post" hx-post="/form" hx-target="#out">
        {fields.map((field) => <Input {...field} error={errors[field.name]} />)}
        <button type="submit" disabled={failed}>Send</button>
      </form>,
    ),
    { status: failed ? 422 : 200 },
  );
}
