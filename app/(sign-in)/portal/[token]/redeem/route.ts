import { handleRedeem } from "@/server/auth/handle";

type Context = { params: Promise<{ token: string }> };

export const POST = async (request: Request, { params }: Context) =>
  handleRedeem(request, (await params).token);
