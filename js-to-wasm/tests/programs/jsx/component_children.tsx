// Components with children
const Box = ({ children }: { children?: unknown }) => <div class="box">{children}</div>;
function handler(): Response {
  const pages = [
    <Box>text</Box>,
    <Box><b>1</b><b>2</b></Box>,
    <Box>{[1, 2]}</Box>,
    <Box></Box>,
    <Box><Box>inner</Box></Box>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}
