import assert from "node:assert/strict";
import { test } from "node:test";
import { ETH, type Told, told, XMR } from "../../../kit/told-settings.ts";

const CASES: readonly (readonly [name: string, path: string, text: string, expected: Told])[] = [
  [
    "a shell script with variables and a line that goes on",
    "/opt/x/run.sh",
    `#!/bin/sh\n# starts it\nWALLET=${XMR}\nPOOL="pool.example:3333"\ncd /opt/x\n` +
      `nohup ./xmrig -o $POOL \\\n  -u \${WALLET}.w1 -p x &\n`,
    { reader: "miner-scripts", software: "xmrig", pools: [`pool.example:3333 ${XMR} w1`] },
  ],
  [
    "a batch file",
    "C:/m/start.bat",
    `@echo off\r\nREM t-rex -o stratum+tcp://old.example:1 -u x\r\nset W=${ETH}\r\n` +
      "t-rex.exe -a ethash -o stratum+tcp://eth.example:4444 -u %W% -w rig\r\npause\r\n",
    { reader: "miner-scripts", software: "t-rex", pools: [`stratum+tcp://eth.example:4444 ${ETH} rig`] },
  ],
  [
    "PhoenixMiner's arguments in a file",
    "C:/m/config.txt",
    `# pool\n-pool ssl://eth.example:5555\n-wal ${ETH}.rig\n-coin etc\n`,
    { reader: "miner-scripts", software: null, pools: [`ssl://eth.example:5555 ${ETH} rig`] },
  ],
];

for (const [name, path, text, expected] of CASES) {
  test(`${name} tells pools, users and workers`, async () => {
    assert.deepEqual(await told(text, path), expected);
  });
}

const OTHERS: readonly (readonly [path: string, text: string])[] = [
  ["/opt/x/run.sh", "#!/bin/sh\ncd /srv\nexec node server.js --server api.example:8080 --user app\n"],
  ["/opt/x/run.sh", `#!/bin/sh\n# ./xmrig -o pool.example:3333 -u ${XMR}\necho no\n`],
  ["/m/config.txt", "-a\n-u\nrsync options\n"],
  ["/home/a/.bash_history", `./xmrig -o pool.example:3333 -u ${XMR}\n`],
  ["live_response/process/x.sh", `./xmrig -o pool.example:3333 -u ${XMR}\n`],
];
for (const [path, text] of OTHERS) {
  test(`${path} with ${JSON.stringify(text.slice(0, 40))}… holds no settings of a miner`, async () => {
    assert.deepEqual((await told(text, path)).pools, []);
  });
}
