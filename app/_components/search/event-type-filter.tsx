"use client";

import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";

/** Narrows a list to one type of event, in the URL; empty is any. */
export function EventTypeFilter({ value }: { value: string }) {
  const { replace } = useUrlState();
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const choices = types.map(({ type }) => ({ value: type, label: <Untranslated>{type}</Untranslated> }));
  return (
    <Select
      label="Event type"
      value={value}
      isSet={value !== ""}
      onChange={(type) => replace({ type })}
      choices={[{ value: "", label: "Any type" }, ...choices]}
    />
  );
}
