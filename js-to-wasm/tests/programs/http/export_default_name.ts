const answer = (req: Request) => Response.text(`name ${req.path}`);
export default answer;
