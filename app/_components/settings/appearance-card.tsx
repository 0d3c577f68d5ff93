"use client";

import { rowHeights, themes } from "@/app/_components/preferences/preferences";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";
import { formatFull } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Card } from "@/app/_components/ui/card";
import { Field } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { Select } from "@/app/_components/ui/select";
import { Switch } from "@/app/_components/ui/switch";

const themeChoices = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const rowChoices = [
  { value: "roomy", label: "Roomy" },
  { value: "compact", label: "Compact" },
];

/** How the dashboard looks and listens in this browser. */
export function AppearanceCard() {
  const { preferences, change } = usePreferences();
  const zone = useTimeZone();
  const now = useNow();
  return (
    <Card title="Appearance">
      <div className="grid gap-5">
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Theme</span>
          <Segmented
            label="Theme"
            value={preferences.theme}
            onChange={(value) => change({ theme: themes.find((theme) => theme === value) })}
            choices={themeChoices}
          />
        </div>
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Rows of lists</span>
          <Segmented
            label="Rows of lists"
            value={preferences.rowHeight}
            onChange={(value) => change({ rowHeight: rowHeights.find((known) => known === value) })}
            choices={rowChoices}
          />
        </div>
        <Field label="Time zone" hint={`Now it is ${formatFull(now, zone)}.`}>
          {({ id }) => (
            <div>
              <Select
                id={id}
                label="Time zone"
                value={preferences.zone ?? ""}
                onChange={(value) => change({ zone: value || null })}
                choices={zoneChoices()}
              />
            </div>
          )}
        </Field>
        <div className="flex items-center gap-3">
          <Switch
            id="single-keys"
            checked={preferences.singleKeys}
            onCheckedChange={(singleKeys) => change({ singleKeys })}
          />
          <label htmlFor="single-keys">
            <span className="block">Single-key shortcuts</span>
            <span className="block text-sm text-muted">
              Turn them off if they get in the way of your tools.
            </span>
          </label>
        </div>
      </div>
    </Card>
  );
}

const zoneChoices = () => [
  { value: "", label: "As in this browser" },
  { value: "UTC", label: "UTC" },
  ...Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
];
