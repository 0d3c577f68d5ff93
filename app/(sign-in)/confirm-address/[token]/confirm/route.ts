import { handleConfirmAddress } from "@/server/auth/handle-mail-link";

type Context = { params: Promise<{ token: string }> };

export const POST = async (request: Request, { params }: Context) =>
  handleConfirmAddress(request, (await params).token);
