import type { Member } from "../archive/archive.ts";
import type { Desk } from "../reader.ts";
import { type Tree, treeMembers } from "./tree.ts";

/** The running host, read-only: what tells of its processes, start-up, accounts, keys and logs. */
export async function* liveMembers(root: Tree, desk: Desk): AsyncGenerator<Member> {
  yield* treeMembers(root, desk);
}
