/** Editing a template's texts, with a replay before anything is published. */
import type { Api } from "../../pages/api";
import { W } from "./words";

export function EditPage({ api: _, name }: { api: Api; name: string }) {
  return <h1>{W.titleOf({ page: "edit", name })}</h1>;
}
