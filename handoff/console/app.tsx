/** Which page is shown: sign in, choose a password, or the desk. */
import type { Api } from "../../bot/pages/api";
import { Gate } from "../../bot/pages/gate";
import { Board } from "./board";
import { serverSaid } from "./time";

export function App({ api }: { api: Api }) {
  return (
    <Gate
      api={api}
      lead="Answer the customers that the bot could not."
      starting="Opening the console…"
      onEnter={(person) => serverSaid(person.now)}
    >
      {(person, leave) => <Board api={api} person={person} onLeave={leave} />}
    </Gate>
  );
}
