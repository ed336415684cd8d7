import { joined } from "./deed-row.ts";

/** Something that guards a host.
 *
 *  Shape: `names` are those of its services, programs and folders, in lower case; `kind` tells apart what
 *  administrators turn off together: the installation guides of Kubernetes and Oracle have both firewall and
 *  access control turned off.
 */
export interface Defence {
  readonly id: string;
  readonly title: string;
  readonly kind: "agent" | "cloud-agent" | "audit" | "firewall" | "access-control" | "scanner";
  readonly names: readonly string[];
}

/** Source: the makers' own documentation of service names and installation folders (Alibaba Cloud Security
 *  Center: AliYunDun, aegis; Tencent Cloud: YunJing, stargate, barad_agent; Huawei Cloud: hostguard;
 *  CrowdStrike: falcon-sensor; Microsoft: mdatp; Wazuh, OSSEC, osquery, Sysmon); Unit 42 (2019) on Rocke,
 *  who was the first seen to uninstall cloud agents. */
export const DEFENCES: readonly Defence[] = [
  {
    id: "alibaba",
    title: "Alibaba Cloud's security agent",
    kind: "cloud-agent",
    names: [
      "aegis",
      "aliyundun",
      "aliyun-service",
      "aliyun.service",
      "aliyun-assist",
      "cloudmonitor",
      "quartz_uninstall",
    ],
  },
  {
    id: "tencent",
    title: "Tencent Cloud's security agent",
    kind: "cloud-agent",
    names: ["yunjing", "ydservice", "ydlive", "stargate", "barad_agent", "sgagent", "qcloud"],
  },
  {
    id: "huawei",
    title: "Huawei Cloud's security agent",
    kind: "cloud-agent",
    names: ["hostguard", "uniagent"],
  },
  { id: "baidu", title: "Baidu Cloud's agent", kind: "cloud-agent", names: ["bcm-agent", "bcm-si"] },
  { id: "crowdstrike", title: "CrowdStrike Falcon", kind: "agent", names: ["falcon-sensor", "falconctl"] },
  { id: "defender-linux", title: "Microsoft Defender", kind: "agent", names: ["mdatp"] },
  {
    id: "defender",
    title: "Windows Defender",
    kind: "agent",
    names: ["windefend", "disablerealtimemonitoring", "disableioavprotection", "windows defender"],
  },
  { id: "sentinelone", title: "SentinelOne", kind: "agent", names: ["sentinelctl", "sentinelone"] },
  { id: "carbon-black", title: "Carbon Black", kind: "agent", names: ["cbdaemon", "cbagentd", "cbsensor"] },
  { id: "trend-micro", title: "Trend Micro Deep Security", kind: "agent", names: ["ds_agent"] },
  { id: "wazuh", title: "Wazuh or OSSEC", kind: "agent", names: ["wazuh-agent", "wazuh-agentd", "ossec"] },
  {
    id: "elastic",
    title: "Elastic's agent",
    kind: "agent",
    names: ["elastic-endpoint", "elastic-agent", "auditbeat"],
  },
  { id: "osquery", title: "osquery", kind: "agent", names: ["osqueryd"] },
  { id: "sysmon", title: "Sysmon", kind: "agent", names: ["sysmon"] },
  { id: "falco", title: "Falco", kind: "agent", names: ["falco.service", "falco-modern-bpf"] },
  {
    id: "clamav",
    title: "the virus scanner ClamAV",
    kind: "scanner",
    names: ["clamav", "clamd", "freshclam"],
  },
  { id: "rkhunter", title: "a rootkit scanner", kind: "scanner", names: ["rkhunter", "chkrootkit"] },
  { id: "auditd", title: "the audit log", kind: "audit", names: ["auditd", "auditctl -e", "auditctl -d"] },
  { id: "syslog", title: "the system log", kind: "audit", names: ["rsyslog", "syslog-ng", "syslogd"] },
  {
    id: "fail2ban",
    title: "the guard against guessing",
    kind: "scanner",
    names: ["fail2ban", "crowdsec", "denyhosts"],
  },
  {
    id: "firewall",
    title: "the firewall",
    kind: "firewall",
    names: ["ufw", "iptables", "firewalld", "nftables", "susefirewall2", "advfirewall"],
  },
  { id: "selinux", title: "SELinux", kind: "access-control", names: ["setenforce 0", "selinux=disabled"] },
  { id: "apparmor", title: "AppArmor", kind: "access-control", names: ["apparmor"] },
];

/** What turns something off, or takes it away. */
export const TURNS_OFF = joined(
  [
    String.raw`\b(?:systemctl|service|rc-service|chkconfig|update-rc\.d|initctl|sc(?:\.exe)?|`,
    String.raw`net)\b[^;&|\n]{0,120}\b(?:stop|disable|mask|off|remove|delete)\b|`,
    String.raw`\/etc\/init\.d\/[\w.-]{1,60}\s{1,9}stop|\b(?:pkill|killall)\s|\bkill\s{1,9}-9|`,
    String.raw`\b(?:apt|apt-get|yum|dnf|zypper|rpm|dpkg)\s[^;&|\n]{0,80}(?:remove|purge|erase|-e\b|`,
    String.raw`-r\b|-P\b)|\brm\s{1,9}-\w{0,6}[rf]|uninstall|\bsetenforce\s{1,9}0|`,
    String.raw`\bufw\s{1,9}(?:--force\s{1,9})?(?:disable|reset)|`,
    String.raw`\bip6?tables\s{1,9}(?:-t\s{1,9}\w{1,20}\s{1,9})?(?:-F|--flush|`,
    String.raw`-P\s{1,9}\w{1,20}\s{1,9}ACCEPT)|SELINUX=disabled|\bauditctl\s{1,9}(?:-e\s{0,9}0|-D)|`,
    String.raw`\bnft\s{1,9}flush|Set-MpPreference|advfirewall\s[^;&|\n]{0,80}off|`,
    String.raw`SuSEfirewall2\s{1,9}stop`,
  ],
  "i",
);
