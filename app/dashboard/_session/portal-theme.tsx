import { groundShare } from "@/domain/contrast";
import { runtime } from "@/server/process/runtime";

/** The accent of portal pages, where the operator has set one. */
export function PortalTheme() {
  const accent = runtime().env.portalAccent;
  if (!accent) return null;
  const { light, dark } = accent;
  const ground = `color-mix(in srgb, var(--accent) ${groundShare * 100}%, var(--bg))`;
  return (
    <style>{`:root{--accent:light-dark(${light},${dark});--accent-solid:${light};--accent-ground:${ground}}`}</style>
  );
}
