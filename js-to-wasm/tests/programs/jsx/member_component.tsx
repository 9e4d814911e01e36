// A component of an object
const UI = { Title: ({ text }: { text: string }) => <h1>{text}</h1>, forms: { Field: ({ name }: { name: string }) => <input name={name} /> } };
function handler(): Response {
  const pages = [
    <UI.Title text="t" />,
    <UI.forms.Field name="f" />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
