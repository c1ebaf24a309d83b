/** Which page of the studio an address means, and going from one to the other without loading anything again. */
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { page: "templates" }
  | { page: "template"; name: string }
  | { page: "edit"; name: string }
  | { page: "review" };

const ROOT = "/studio";

export function addressOf(route: Route): string {
  switch (route.page) {
    case "templates":
      return ROOT;
    case "review":
      return `${ROOT}/review`;
    case "template":
      return `${ROOT}/templates/${encodeURIComponent(route.name)}`;
    case "edit":
      return `${ROOT}/templates/${encodeURIComponent(route.name)}/edit`;
  }
}

export function routeOf(path: string): Route {
  const [first, name, last] = path.slice(ROOT.length).split("/").filter(Boolean).map(decodeURIComponent);
  if (first === "review") return { page: "review" };
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
