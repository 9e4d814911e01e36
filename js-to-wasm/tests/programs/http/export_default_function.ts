export default function (req: Request): Response {
  return Response.text(`default ${req.path}`);
}
