/** Which page is shown: sign in, choose a password, or the desk. */
import { useEffect, useState } from "preact/hooks";
import { type Api, Failure } from "./api";
import { Board } from "./board";
import { ChoosePassword, SignIn } from "./signin";
import { serverSaid } from "./time";
import type { Person } from "./types";

type Stage = { is: "starting" } | { is: "out"; why?: string } | { is: "in"; person: Person };

export function App({ api }: { api: Api }) {
  const [stage, setStage] = useState<Stage>({ is: "starting" });

  const enter = (person: Person) => {
    serverSaid(person.now);
    setStage({ is: "in", person });
  };
  const leave = async () => {
    await api.post("logout").catch(() => {});
    setStage({ is: "out" });
  };

  useEffect(() => {
    api.onSignedOut = () => setStage({ is: "out", why: "You are signed out; sign in again to go on." });
    api.me().then(enter, (error: unknown) => {
      const unreachable = error instanceof Failure && error.status !== 401;
      setStage({ is: "out", why: unreachable ? error.message : undefined });
    });
  }, [api]);

  if (stage.is === "starting") return <p class="starting">Opening the console…</p>;
  if (stage.is === "out") return <SignIn api={api} why={stage.why ?? ""} onSignedIn={enter} />;
  if (stage.person.must_change_password) {
    return <ChoosePassword api={api} person={stage.person} onChosen={enter} onLeave={leave} />;
  }
  return <Board api={api} person={stage.person} onLeave={leave} />;
}
