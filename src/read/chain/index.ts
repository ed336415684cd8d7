import { BLOCKS } from "./blocks/index.ts";
import { ESPLORA } from "./remote/esplora.ts";
import { RPC } from "./remote/rpc.ts";
import { SLICE } from "./slice/index.ts";
import type { ChainScheme } from "./source.ts";

/** Ways of naming a source, in the order of the help. */
export const CHAIN_SCHEMES: readonly ChainScheme[] = [BLOCKS, RPC, ESPLORA, SLICE];
