import type { Cause } from "../cause";
import type { Look } from "../look";
import { diagnoseRotation } from "../rotation";

const words = (look: Look) => diagnoseRotation(look.status, look.evidence.rotation);

/** Refusals that follow a change of the secret. */
export const rotations: Cause[] = [
  {
    code: "secret_rotated",
    fits: (look) => words(look) !== null && "certain",
    meaning: (look) => words(look)?.meaning ?? "",
    nextStep: (look) => words(look)?.nextStep ?? "",
    seen: ["a receiver that has another secret than the one that signs"],
    isAboutSignature: true,
  },
];
