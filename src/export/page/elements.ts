/** An element with text in it, which is never markup. */
export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** An element that the page has. */
export function findElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** Calls `draw` before the next frame, once however often it is asked for. */
export function createScheduler(draw: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}

interface PaneHandlers {
  readonly draw: () => void;
  readonly click: (event: MouseEvent) => void;
  /** A key without Ctrl, Alt or Meta. */
  readonly press: (event: KeyboardEvent) => void;
}

/** Makes a pane draw again what is in sight when it scrolls or is resized. Returns the element that holds what is drawn. */
export function openPane(pane: HTMLElement, {draw, click, press}: PaneHandlers): HTMLElement {
  const space = createElement('div', 'space');
  pane.replaceChildren(space);
  pane.addEventListener('scroll', draw);
  pane.addEventListener('click', click);
  pane.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.altKey || event.metaKey)) press(event);
  });
  new ResizeObserver(draw).observe(pane);
  return space;
}
