"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

/** Gives a customer another name. */
export function RenameCustomer({ customer }: { customer: { id: string; name: string } }) {
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState(customer.name);
  const utils = trpc.useUtils();
  const rename = trpc.customers.update.useMutation({
    onSuccess: async () => {
      await utils.platform.customers.invalidate();
      setIsOpen(false);
      toast("Renamed");
    },
  });
  const onOpenChange = (open: boolean) => {
    setIsOpen(open);
    setName(customer.name);
    rename.reset();
  };
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogTrigger>
        <Button size="small" aria-label={`Rename ${customer.name}`}>
          Rename…
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Rename ${customer.name}`}
        description="Its people see the new name at their next look. Its ids stay."
        width="narrow"
        footer={
          <DialogButtons
            type="submit"
            form="rename-customer"
            isBusy={rename.isPending}
            disabled={name.trim() === ""}
          >
            Rename
          </DialogButtons>
        }
      >
        <form
          id="rename-customer"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate({ customer_id: customer.id, name: name.trim() });
          }}
        >
          <Field label="Name" error={rename.error?.message}>
            {(ids) => (
              <Input
                {...ids}
                value={name}
                maxLength={200}
                required
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
