// An arrow that answers with a text
const text = (path: string) => `hello ${path}`;
export default (req: Request) => text(req.path);
