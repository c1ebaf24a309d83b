/** Something that the server has been asked for: on its way, there, or refused. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Api, reasonOf } from "../../pages/api";
import { W } from "./words";

export interface Loaded<T> {
  value: T | null;
  error: string;
  again: () => Promise<void>;
}

/** What `path` answers; asked anew when the path changes, when the page is looked at again, and by `again`. The old value stays until then. */
export function useLoaded<T>(api: Api, path: string): Loaded<T> {
  const [state, setState] = useState<{ path: string; value: T | null; error: string }>({ path, value: null, error: "" });
  const newest = useRef(0);
  const again = useCallback(async () => {
    const mine = ++newest.current;
    try {
      const value = await api.get<T>(path);
      if (mine === newest.current) setState({ path, value, error: "" });
    } catch (failure) {
      const error = reasonOf(failure);
      if (mine === newest.current) setState((before) => ({ path, value: before.path === path ? before.value : null, error }));
    }
  }, [api, path]);
  useEffect(() => {
    void again();
    const back = () => document.visibilityState === "visible" && void again();
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [again]);
  return { value: state.value, error: state.error, again };
}

interface Props<T> {
  of: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** Shows the value when it is there, and until then that it is on its way, or why not. */
export function Shown<T>({ of, children }: Props<T>) {
  return (
    <>
      <div role="alert">{of.error && <p class="complaint">{of.error}</p>}</div>
      {of.value ? children(of.value) : !of.error && <p class="loading" role="status">{W.loading}</p>}
    </>
  );
}
