/** The weekly review. */
import type { Api } from "../../pages/api";
import { W } from "./words";

export function ReviewPage({ api: _ }: { api: Api }) {
  return <h1>{W.review}</h1>;
}
