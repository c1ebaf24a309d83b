/** What is wrong in a file of the content, and where, as the server says it. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  code: string;
  message: string;
  hint: string;
  severity: "error" | "warning";
}
