import { workOf } from "../../../bytes/bitcoin-header.ts";
import type { BlockIndex } from "./block-index.ts";

/** Blocks in the order of the chain, and what was left over.
 *
 *  Shape: `order` holds positions in the index, `heights` the height of each, -1 where nothing tells it.
 */
export interface BestChain {
  readonly order: Int32Array;
  readonly heights: Int32Array;
  /** How many blocks of the network are not part of it, and one of them, -1 for none. */
  readonly orphans: number;
  readonly firstOrphan: number;
  readonly holes: Holes;
}

/** Stretches that are missing. */
interface Holes {
  readonly places: number;
  /** Position in `order` of the block behind the first of them. */
  readonly first: number;
  /** Together; null where heights do not tell it. */
  readonly blocks: number | null;
}

/** Runs of linked blocks that are put together: more are no chain, and memory is finite. */
const MOST_PIECES = 1_000_000;

/** A run of linked blocks whose first has no parent in the source. */
interface Piece {
  readonly tip: number;
  readonly blocks: number;
  readonly work: number;
  /** Of its first block; -1 unknown. */
  readonly height: number;
  readonly firstSeconds: number;
}

/** Which blocks belong to a network, and how its chain begins. */
export interface Members {
  readonly isWanted: (block: number) => boolean;
  /** Hash of its first block, as blocks hold it. */
  readonly genesis: Uint8Array;
}

/** The chain of most work among the blocks that are wanted, and blocks without links to it where their
 *  heights are free.
 *
 *  Source: Bitcoin Core src/validation.cpp, FindMostWorkChain; of two chains of equal work the one whose tip
 *  was met first is taken, as Core does.
 *  Limits: a piece without a known height stands where its time puts it, and may be an orphan.
 */
export function bestChain(index: BlockIndex, { isWanted, genesis }: Members): BestChain {
  const tree = grow(index, isWanted);
  const pieces = pruned(index, tree, genesis);
  const blocks = pieces.reduce((sum, piece) => sum + piece.blocks, 0);
  const order = new Int32Array(blocks);
  const heights = new Int32Array(blocks);
  const isBest = new Uint8Array(index.count);
  const holes: { places: number; first: number; blocks: number | null } = { places: 0, first: 0, blocks: 0 };
  let at = 0;
  let next = 0;
  for (const { tip, blocks, height } of pieces) {
    if (height !== next) {
      if (holes.places++ === 0) holes.first = at;
      const isKnown = holes.blocks !== null && height >= 0 && next >= 0;
      holes.blocks = isKnown ? (holes.blocks ?? 0) + height - next : null;
    }
    for (let block = tip, left = blocks; left > 0; block = tree.parent[block] ?? -1) {
      left--;
      order[at + left] = block;
      heights[at + left] = height < 0 ? -1 : height + left;
      isBest[block] = 1;
    }
    at += blocks;
    next = height < 0 ? -1 : height + blocks;
  }
  let orphans = 0;
  let firstOrphan = -1;
  for (let block = 0; block < index.count; block++) {
    if (isBest[block] === 1 || !isWanted(block)) continue;
    if (orphans++ === 0) firstOrphan = block;
  }
  return { order, heights, orphans, firstOrphan, holes };
}

interface Tree {
  readonly parent: Int32Array;
  /** Blocks behind the root. */
  readonly depth: Int32Array;
  /** Summed from the root on. */
  readonly work: Float64Array;
  /** Blocks without a parent, at most `MOST_PIECES`. */
  readonly roots: readonly number[];
  /** By root: the block of most work above it. */
  readonly tip: Int32Array;
}

function grow(index: BlockIndex, isWanted: (block: number) => boolean): Tree {
  const { count } = index;
  const parent = new Int32Array(count);
  const depth = new Int32Array(count).fill(-1);
  const work = new Float64Array(count);
  const root = new Int32Array(count);
  const roots: number[] = [];
  const tip = new Int32Array(count).fill(-1);
  for (let block = 0; block < count; block++) {
    const before = isWanted(block) ? index.parent(block) : -1;
    parent[block] = before >= 0 && isWanted(before) ? before : -1;
  }
  const open: number[] = [];
  for (let block = 0; block < count; block++) {
    if (!isWanted(block)) continue;
    for (let at = block; at !== -1 && depth[at] === -1; at = parent[at] ?? -1) open.push(at);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const before = parent[at] ?? -1;
      depth[at] = before === -1 ? 0 : (depth[before] ?? 0) + 1;
      work[at] = workOf(index.bits[at] ?? 0) + (work[before] ?? 0);
      const own = before === -1 ? at : root[before]!;
      root[at] = own;
      if (before === -1 && roots.length < MOST_PIECES) roots.push(at);
      if (tip[own] === -1 || work[at]! > work[tip[own]!]!) tip[own] = at;
    }
  }
  return { parent, depth, work, roots, tip };
}

/** Pieces that can stand in one chain, in its order. */
function pruned(index: BlockIndex, tree: Tree, genesis: Uint8Array): Piece[] {
  const pieces = tree.roots.map((root): Piece => {
    const tip = tree.tip[root]!;
    return {
      tip,
      blocks: tree.depth[tip]! + 1,
      work: tree.work[tip]!,
      height: firstHeight(index.previousOf(root), genesis) ?? toldOf(index, tree, tip),
      firstSeconds: index.seconds[root]!,
    };
  });
  const placed: Piece[] = [];
  for (const piece of pieces.filter(({ height }) => height >= 0).sort((a, b) => a.height - b.height)) {
    const last = placed.at(-1);
    if (last === undefined || last.height + last.blocks <= piece.height) placed.push(piece);
    else if (piece.work > last.work) placed[placed.length - 1] = piece;
  }
  const unplaced = pieces.filter(({ height }) => height < 0).sort((a, b) => a.firstSeconds - b.firstSeconds);
  return merged(placed, unplaced);
}

/** 0 for a block that says that none is before it, 1 for one on top of the network's first; else null. */
function firstHeight(previous: Uint8Array, genesis: Uint8Array): number | null {
  if (previous.every((byte) => byte === 0)) return 0;
  return previous.every((byte, i) => byte === genesis[i]) ? 1 : null;
}

/** Heights are kept in 32 bits. */
const MOST_HEIGHT = 2 ** 31 - 1;

/** The height of a piece's root, from what the last of its blocks that tells a possible one says; -1 where
 *  none does. */
function toldOf(index: BlockIndex, { parent, depth }: Tree, tip: number): number {
  for (let block = tip; block !== -1; block = parent[block] ?? -1) {
    const root = index.toldHeight[block]! - depth[block]!;
    if (root >= 0 && root + depth[tip]! <= MOST_HEIGHT) return root;
  }
  return -1;
}

function merged(placed: readonly Piece[], unplaced: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  let next = 0;
  for (const piece of placed) {
    for (; next < unplaced.length && unplaced[next]!.firstSeconds < piece.firstSeconds; next++) {
      all.push(unplaced[next]!);
    }
    all.push(piece);
  }
  return [...all, ...unplaced.slice(next)];
}
