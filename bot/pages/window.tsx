/** A window over the page, and its buttons. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface WindowProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A native dialog: it keeps the focus, gives it back, and closes with Esc. */
export function Window({ title, onClose, children }: WindowProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.scrollTo(0, 0); // on a small screen the focus would show the end of the window first
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="window-title" onClose={onClose}>
      <h2 id="window-title">{title}</h2>
      {children}
    </dialog>
  );
}

export function Buttons({ act, onClose }: { act: string; onClose: () => void }) {
  return (
    <p class="window-acts">
      <button type="button" onClick={onClose}>
        Cancel
      </button>
      <button class="primary" type="submit">
        {act}
      </button>
    </p>
  );
}
