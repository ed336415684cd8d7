import assert from "node:assert/strict";
import { test } from "node:test";
import { FlowTable } from "../../../src/read/capture/flow-table.ts";
import { Packet, type PacketSink } from "../../../src/read/capture/packet.ts";
import { Tally } from "../../../src/read/capture/tally.ts";

const NOWHERE: PacketSink = { tcp() {}, udp() {}, other() {}, fragment4() {}, fragment6() {} };

function packet4(flow: number, backwards = false): Packet {
  const p = new Packet(NOWHERE, new Tally());
  const client = 0x0a000000 + (flow >>> 12);
  const ports = [1024 + (flow & 0xfff), 3333] as const;
  p.source4 = backwards ? 0xc6336464 | 0 : client;
  p.destination4 = backwards ? client : 0xc6336464 | 0;
  p.sourcePort = backwards ? ports[1] : ports[0];
  p.destinationPort = backwards ? ports[0] : ports[1];
  return p;
}

function packet6(flow: number): Packet {
  const p = new Packet(NOWHERE, new Tally());
  p.isIp6 = true;
  p.bytes = new Uint8Array(32).fill(0x20);
  p.view = new DataView(p.bytes.buffer);
  p.view.setUint32(12, flow);
  p.source6 = 0;
  p.destination6 = 16;
  p.sourcePort = 40_000;
  p.destinationPort = 3333;
  return p;
}

/** Looks the flow up, inserts it where it is new, and marks its row with the flow's number. */
function meet(table: FlowTable, p: Packet, flow: number): void {
  const found = table.find(p);
  const row = found < 0 ? table.insert() : found;
  table.rows[row + table.field.nextSequence] = flow;
  table.rows[row + table.field.lastSecond] = flow;
}

test("a million connections at the same time are all found again, in both directions", () => {
  const table = new FlowTable(false, 1 << 21);
  const flows = 1_000_000;
  for (let flow = 0; flow < flows; flow++) meet(table, packet4(flow), flow);
  assert.equal(table.flows, flows);
  assert.equal(table.evicted, 0);
  assert.ok(table.rows.byteLength <= 64 << 20, `${table.rows.byteLength} bytes`);
  for (let flow = 0; flow < flows; flow += 97) {
    for (const backwards of [false, true]) {
      const row = table.find(packet4(flow, backwards));
      assert.equal(table.rows[row + table.field.nextSequence], flow);
    }
  }
});

test("a full table loses the connections that were silent longest, tells each, and counts them", () => {
  const table = new FlowTable(false, 4096);
  const lost: number[] = [];
  table.onEvict = (row) => lost.push(table.rows[row + table.field.nextSequence] ?? -1);
  const flows = 20_000;
  for (let flow = 0; flow < flows; flow++) meet(table, packet4(flow), flow);
  assert.equal(table.evicted, lost.length);
  assert.ok(table.flows <= 4096, `${table.flows} rows are held`);
  assert.equal(table.flows + lost.length, flows, "every connection is held or was told");
  const recent = Array.from({ length: 500 }, (_, index) => flows - 1 - index);
  const held = recent.filter((flow) => table.find(packet4(flow)) >= 0);
  assert.ok(held.length > 490, `${held.length} of the last 500 are held`);
});

test("IPv6 connections that differ in one word are told apart", () => {
  const table = new FlowTable(true, 1 << 16);
  for (let flow = 0; flow < 20_000; flow++) meet(table, packet6(flow), flow);
  assert.equal(table.evicted, 0);
  for (let flow = 0; flow < 20_000; flow += 13) {
    const row = table.find(packet6(flow));
    assert.equal(table.rows[row + table.field.nextSequence], flow);
  }
  assert.equal(table.find(packet6(20_001)), -1);
});
