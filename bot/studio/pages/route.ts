/** Which page of the studio an address means, and going from one to the other without loading anything again. */
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { page: "templates" }
  | { page: "template"; name: string }
  | { page: "edit"; name: string }
  | { page: "review"; part: Part };

/** The review's parts: what to improve, what has no answer, and what is in the way of each other or of no use. */
export const PARTS = ["improve", "unanswered", "tidy"] as const;
export type Part = (typeof PARTS)[number];

const ROOT = "/studio";

export function addressOf(route: Route): string {
  switch (route.page) {
    case "templates":
      return ROOT;
    case "review":
      return route.part === "improve" ? `${ROOT}/review` : `${ROOT}/review/${route.part}`;
    case "template":
      return `${ROOT}/templates/${encodeURIComponent(route.name)}`;
    case "edit":
      return `${ROOT}/templates/${encodeURIComponent(route.name)}/edit`;
  }
}

export function routeOf(path: string): Route {
  const [first, name, last] = path.slice(ROOT.length).split("/").filter(Boolean).map(decodeURIComponent);
  if (first === "review") return { page: "review", part: PARTS.find((part) => part === name) ?? "improve" };
  if (first === "templates" && name) return { page: last === "edit" ? "edit" : "template", name };
  return { page: "templates" };
}

/** Open another page of the studio. */
export function go(route: Route): void {
  history.pushState(null, "", addressOf(route));
  dispatchEvent(new PopStateEvent("popstate"));
}

/** The page that the address means, whenever it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.pathname));
  useEffect(() => {
    const follow = () => setRoute(routeOf(location.pathname));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  return route;
}
