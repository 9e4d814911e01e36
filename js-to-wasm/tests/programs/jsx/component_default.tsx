// Components with defaults
const Button = ({ label = "ok", kind = "plain" }: { label?: string; kind?: string }) => <button class={`b-${kind}`}>{label}</button>;
function handler(): Response {
  const pages = [
    <Button />,
    <Button label="go" kind="big" />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
