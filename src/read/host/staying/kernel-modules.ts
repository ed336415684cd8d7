/** Kernel modules: those that are loaded at boot, and those that were loaded when the host was looked at.
 *
 *  /etc/modules, modules-load.d/NAME.conf   MODULE [PARAMETERS]                  modules-load.d(5)
 *  /proc/modules                            NAME SIZE USED BY STATE ADDRESS [TAINTS]   proc_modules(5)
 *  output of lsmod                          NAME SIZE USED [BY]                  lsmod(8)
 *  modprobe.d/NAME.conf                     install MODULE COMMAND               modprobe.d(5)
 */
import { fileReader, layEntry, type TextFile } from "./file-reader.ts";

export const kernelModules = fileReader({
  id: "kernel-modules",
  title: "kernel modules: modules-load.d, /proc/modules, lsmod, install lines of modprobe.d",
  paths: [
    /(?:^|\/)etc\/modules$/,
    /(?:^|\/)(?:etc|usr\/lib|lib|run)\/modules-load\.d\/[^/]{1,255}\.conf$/,
    /(?:^|\/)(proc)\/modules$/,
    /(?:^|\/)[\w.-]{0,60}(lsmod)[\w.-]{0,40}$/,
    /(?:^|\/)(?:etc|usr\/lib|lib|run)\/(modprobe)\.d\/[^/]{1,255}\.conf$/,
  ],
  take(file) {
    const kind = file.match[1];
    if (kind === undefined) takeListed(file);
    else if (kind === "modprobe") takeInstalls(file);
    else takeLoaded(file);
  },
});

function takeListed(file: TextFile): void {
  for (const line of file.lines) {
    const command = line.text.trim();
    const name = /^[\w-]{1,100}/.exec(command)?.[0];
    if (name === undefined) continue;
    layEntry(file, line, { mechanism: "kernel-module", name, command: name, schedule: "at boot" });
  }
}

function takeLoaded(file: TextFile): void {
  for (const line of file.lines) {
    const name = /^([\w-]{1,100}) +\d{1,12} +-?\d{1,6}(?: |$)/.exec(line.text)?.[1];
    if (name !== undefined) layEntry(file, line, { mechanism: "kernel-module", name, command: name });
  }
}

/** A command that runs instead of loading a module. */
function takeInstalls(file: TextFile): void {
  for (const line of file.lines) {
    const match = /^\s*install\s+([\w-]{1,100})\s+(\S.*)$/s.exec(line.text);
    if (match === null) continue;
    const [, name = "", command = ""] = match;
    layEntry(file, line, { mechanism: "rc", name, user: "root", schedule: "install", command });
  }
}
