export { caseJson } from "./case-json.ts";
export { explain, explainable } from "./explain.ts";
export { renderHtml } from "./html/page.ts";
export { loadLibrary } from "./html/svg.ts";
export { sessionsCsv } from "./sessions-csv.ts";
export { sharesCsv } from "./shares-csv.ts";
export { renderSummary, type SummaryOptions } from "./summary.ts";
export type { TerminalOptions } from "./terminal.ts";
export { timelineJsonl } from "./timeline-jsonl.ts";
