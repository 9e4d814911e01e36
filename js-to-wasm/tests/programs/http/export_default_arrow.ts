export default (req: Request) => Response.text(`arrow ${req.path}`);
