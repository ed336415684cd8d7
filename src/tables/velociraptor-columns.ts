/** What columns of Velociraptor's results tell, by name: artifacts name the same thing alike or nearly so.
 *
 *  Shape: the first name that a row has counts; "A.B" is a column of that name (as VQL makes of `SELECT A.B`)
 *  or field B of object A.
 *  Source: Velociraptor 0.6 to 0.7x, documentation of Generic.Client.Info, {Linux,MacOS}.Sys.Pslist,
 *  Windows.System.Pslist, {Linux,Windows}.Network.Netstat and NetstatEnriched, Linux.Ssh.AuthorizedKeys,
 *  Linux.Sys.Users, Linux.Sys.Crontab; two collections (0.6.7).
 */
type Columns<K extends string> = Readonly<Record<K, readonly string[]>>;

export const PROCESS_COLUMNS: Columns<
  "pid" | "ppid" | "name" | "exe" | "args" | "user" | "cwd" | "started" | "sha256"
> = {
  pid: ["Pid", "PID", "ProcessId"],
  ppid: ["Ppid", "PPid", "PPID", "ParentProcessId"],
  name: ["Name", "ProcessName", "Comm"],
  exe: ["Exe", "ExecutablePath", "Path"],
  args: ["CommandLine", "Cmdline", "CmdLine"],
  user: ["Username", "User", "Owner"],
  cwd: ["Cwd"],
  started: ["CreatedTime", "CreateTime", "StartTime"],
  sha256: ["Hash.SHA256", "Hashes.SHA256", "SHA256"],
};

export const CONNECTION_COLUMNS: Columns<
  "pid" | "process" | "state" | "localIp" | "localPort" | "remoteIp" | "remotePort"
> = {
  pid: ["Pid", "PID", "ProcessInfo.Pid"],
  process: ["Name", "ProcessName", "ProcessInfo.Name"],
  state: ["Status", "State"],
  localIp: ["Laddr.IP", "SrcIP", "LocalAddr", "Laddr"],
  localPort: ["Laddr.Port", "SrcPort", "LocalPort", "Lport"],
  remoteIp: ["Raddr.IP", "DestIP", "RemoteAddr", "Raddr"],
  remotePort: ["Raddr.Port", "DestPort", "RemotePort", "Rport"],
};

export const HOST_COLUMNS: Columns<"name" | "os" | "addresses"> = {
  name: ["Fqdn", "Hostname", "hostname", "os_info.fqdn", "os_info.hostname", "Computer Info.DNSHostName"],
  os: ["Platform", "os_info.release", "OS", "os_info.system"],
  addresses: ["Network Info.IPAddresses", "IPAddresses"],
};

export const KEY_COLUMNS: Columns<"path" | "user" | "key" | "comment"> = {
  path: ["OSPath", "FullPath", "KeyFile"],
  user: ["User", "Username"],
  key: ["Key", "PublicKey"],
  comment: ["Comment"],
};

export const CRON_COLUMNS: Columns<"path" | "user" | "command" | "event"> = {
  path: ["OSPath", "FullPath", "File"],
  user: ["User"],
  command: ["Command"],
  event: ["Event"],
};
export const CRON_TIMES: readonly string[] = ["Minute", "Hour", "DayOfMonth", "Month", "DayOfWeek"];

export const ACCOUNT_COLUMNS: Columns<"user" | "uid" | "shell" | "home"> = {
  user: ["User", "Name"],
  uid: ["Uid"],
  shell: ["Shell"],
  home: ["Homedir"],
};
