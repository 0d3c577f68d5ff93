import { z } from "zod";
import { conflict } from "@/domain/errors";
import { customerName, externalIdShape } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { customerView, toCustomerView } from "../../views/customer";

export const createCustomer = platformProcedure
  .input(
    z.object({
      name: customerName,
      external_id: z
        .string()
        .regex(externalIdShape, "Must be 1 to 255 printable ASCII characters.")
        .describe("Your own id of the customer, unique")
        .nullish(),
    }),
  )
  .output(customerView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId } = ctx.runtime;
    const externalId = input.external_id ?? null;
    const customer = await store.createCustomer({ id: newId(), name: input.name, externalId }, ctx.by);
    if (customer === "external_id_taken") {
      const path = ["external_id"];
      const message = "Another customer has this external id.";
      throw conflict("external_id_taken", message, [{ path, message, code: "taken" }]);
    }
    return toCustomerView(customer);
  });
