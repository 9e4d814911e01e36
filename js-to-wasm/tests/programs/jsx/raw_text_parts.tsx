// What ends a script, or begins a comment in it, cannot be put together of parts either.
export function handler(): Response {
  const parts = ["<", "/script><script>alert(1)//"];
  return Response.html(renderToString(
    <>
      <script>{"<"}{"/script>"}</script>
      <script>{parts}</script>
      <script>{"<!"}{"-"}{"-<script>"}</script>
      <script type="application/json">{JSON.stringify({ a: "</script>", b: "<!--", c: "a<!b--" })}</script>
      <script>{"<"}<b>/b</b></script>
      <script>{"<"}<>/script&gt;</></script>
      <style>{"<!-- a { content: '<"}{"/style>' } -->"}</style>
      {h("script", {}, "<", "/script>", "<!--")}
    </>,
  ));
}
