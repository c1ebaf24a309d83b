/** Requests to the server: JSON, with the session's token on everything that changes something. */
import type { Person } from "./person";

/** What the server refused, in its own words; status 0 means that it could not be reached. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What went wrong, in words for people. */
export function reasonOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** The addresses of signing in; one sign-in opens every page. */
const SIGNING = "/console/api";

export class Api {
  /** Called when a session that was open is over. */
  onSignedOut: () => void = () => {};
  private csrf = "";

  /** `root` is where the page's own addresses begin. */
  constructor(private readonly root: string) {}

  async me(): Promise<Person> {
    return this.remember(await this.request<Person>(`${SIGNING}/me`, { method: "GET" }));
  }

  async signIn(login: string, password: string): Promise<Person> {
    return this.remember(await this.send<Person>(`${SIGNING}/login`, { login, password }));
  }

  async choosePassword(current: string, chosen: string): Promise<Person> {
    return this.remember(await this.send<Person>(`${SIGNING}/password`, { current, new: chosen }));
  }

  signOut(): Promise<unknown> {
    return this.send(`${SIGNING}/logout`, {});
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>(`${this.root}/${path}`, { method: "GET" });
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.send<T>(`${this.root}/${path}`, body);
  }

  /** Posts, and hands over each line of JSON of the answer as it comes. */
  async lines<T>(path: string, body: unknown, onLine: (line: T) => void, signal?: AbortSignal): Promise<void> {
    const response = await this.open(`${this.root}/${path}`, { ...this.posted(body), signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line) onLine(JSON.parse(line) as T);
    }
    if (rest) onLine(JSON.parse(rest) as T);
  }

  private send<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>(path, this.posted(body));
  }

  private posted(body: unknown): RequestInit {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": this.csrf };
    return { method: "POST", headers, body: JSON.stringify(body) };
  }

  private remember(person: Person): Person {
    this.csrf = person.csrf;
    return person;
  }

  private async request<T>(path: string, init: RequestInit): Promise<T> {
    return (await (await this.open(path, init)).json().catch(() => ({}))) as T;
  }

  /** The server's answer. Throws a `Failure` with its words if it refuses. */
  private async open(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init });
    } catch {
      throw new Failure(0, "The server cannot be reached.");
    }
    if (response.ok) return response;
    if (response.status === 401 && path !== `${SIGNING}/login` && this.csrf) this.onSignedOut();
    const body = await response.json().catch(() => ({}));
    throw new Failure(response.status, sentence(body) ?? `The server answered with ${response.status}.`);
  }
}

function sentence(body: { message?: unknown }): string | null {
  return typeof body.message === "string" && body.message ? body.message : null;
}
