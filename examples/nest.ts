import "reflect-metadata";
import {
  Body,
  Controller,
  HttpCode,
  Module,
  Post,
  type RawBodyRequest,
  Req,
  UnauthorizedException,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { verifyWebhook, WebhookError } from "fanfare-client";
import { handle, port, secrets } from "./handle.js";

type HookRequest = RawBodyRequest<{ headers: Record<string, string | string[] | undefined> }>;

@Controller()
class HooksController {
  @Post("hooks")
  @HttpCode(204)
  async receive(@Req() { headers, rawBody }: HookRequest): Promise<void> {
    try {
      await handle(await verifyWebhook({ headers, body: rawBody ?? "", secrets }));
    } catch (error) {
      throw error instanceof WebhookError ? new UnauthorizedException(error.message) : error;
    }
  }

  @Post("echo")
  echo(@Body() body: unknown): unknown {
    return body;
  }
}

@Module({ controllers: [HooksController] })
class AppModule {}

// Without rawBody, Nest keeps only what its JSON parser made of the bytes that are signed.
const app = await NestFactory.create<NestExpressApplication>(AppModule, { rawBody: true, logger: ["error"] });
await app.listen(Number(port), "127.0.0.1");
console.log("Listening.");
