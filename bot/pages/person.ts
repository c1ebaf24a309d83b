/** Who is signed in, as the server says it. */
export interface Person {
  operator: { id: string; login: string; name: string; roles: string[]; teams: string[] };
  csrf: string;
  must_change_password: boolean;
  now: number;
}
