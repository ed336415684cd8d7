import { test } from "node:test";
import fc from "fast-check";
import { traceBlocks } from "../../../../src/follow/bitcoin/index.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { FIRST_HEIGHT, randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { random } from "../../../kit/random.ts";

test("blocks with flipped bytes end a trace early or not, and never make or lose a coin", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.boolean(), async (seed, pick, hasUndo) => {
      const chain = randomChain(seed, 8);
      const seeds = anyOutputs(chain, pick);
      const dice = random(pick);
      const source = asBlocks(chain, { hasUndo });
      const bytes = new Map<number | null, Uint8Array>();
      const damaged = {
        ...source,
        async *blocks(fromHeight: number | null) {
          for await (const view of source.blocks(fromHeight)) {
            const own = bytes.get(view.height) ?? view.bytes.slice();
            if (!bytes.has(view.height) && (view.height ?? 0) >= FIRST_HEIGHT) {
              for (let i = dice.below(4); i > 0; i -= 1)
                own[80 + dice.below(own.length - 80)] = dice.below(256);
            }
            bytes.set(view.height, own);
            yield { ...view, bytes: own };
          }
        },
      };
      const { traces } = await traceBlocks(damaged, seeds, traceOptions());
      for (const trace of traces) assertConserved(trace);
    }),
    { numRuns: 15 },
  );
});
