import { handleOneClick, showUnsubscribe } from "@/server/auth/handle-mail-link";

type Context = { params: Promise<{ token: string }> };

export const GET = async (_: Request, { params }: Context) => showUnsubscribe((await params).token);

export const POST = async (request: Request, { params }: Context) =>
  handleOneClick(request, (await params).token);
