/** Huge pages as settings of the kernel: vm.nr_hugepages in sysctl.conf, in the output of sysctl -a, and in
 *  /proc.
 *
 *  Source: sysctl.conf(5), kernel.org, admin-guide/mm/hugetlbpage; XMRig's documentation asks for 1280 of
 *  them for RandomX. Databases and virtual machines use them as well.
 */
import { fileFact, fileReader } from "./file-reader.ts";

const SETTING = /^\s*-?vm[./](nr_hugepages(?:_mempolicy)?)\s*=\s*(\d{1,9})/;

export const sysctlSettings = fileReader({
  id: "sysctl-settings",
  title: "huge pages in sysctl.conf, sysctl -a and /proc/sys/vm",
  paths: [
    /(?:^|\/)etc\/sysctl\.conf$/,
    /(?:^|\/)(?:etc|run|usr\/lib|lib)\/sysctl\.d\/[^/]{1,255}\.conf$/,
    /(?:^|\/)sysctl_-a\.txt$/,
    /(?:^|\/)proc\/sys\/vm\/(nr_hugepages)$/,
  ],
  take(file) {
    for (const line of file.lines) {
      const text = file.match[1] === undefined ? line.text : `vm.nr_hugepages = ${line.text}`;
      const [, key, pages = "0"] = SETTING.exec(text) ?? [];
      if (key !== "nr_hugepages" || Number(pages) === 0) continue;
      file.desk.record({
        ...fileFact(file, line),
        kind: "event",
        what: "huge-pages",
        subject: `vm.nr_hugepages=${Number(pages)}`,
        user: null,
        from: null,
        says: `${file.source.path} sets aside ${Number(pages)} huge pages`,
      });
    }
  },
});
