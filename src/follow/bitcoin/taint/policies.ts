import type { Policy } from "../../../model/trace.ts";
import { fifo } from "./fifo.ts";
import { haircut } from "./haircut.ts";
import { lifo } from "./lifo.ts";
import { poison } from "./poison.ts";
import type { PolicyRow } from "./policy.ts";
import { tiho } from "./tiho.ts";

/** Every policy, in the order of `POLICIES`. A new one is a file, a row here and its name there. */
export const POLICY_ROWS: Readonly<Record<Policy, PolicyRow>> = { fifo, lifo, haircut, poison, tiho };
