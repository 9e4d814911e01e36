const handler = (req: Request): Response => Response.text(`const ${req.path}`);
