export { caseJson } from "./case-json.ts";
export { renderHtml } from "./html/page.ts";
export { sessionsCsv } from "./sessions-csv.ts";
export { sharesCsv } from "./shares-csv.ts";
export { timelineJsonl } from "./timeline-jsonl.ts";
export { explain, explainable } from "./explain.ts";
export { renderSummary, type SummaryOptions } from "./summary.ts";
export type { TerminalOptions } from "./terminal.ts";
