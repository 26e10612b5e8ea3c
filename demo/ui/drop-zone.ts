/** Files that are dropped anywhere on the page. */
export class DropZone {
  readonly #host: {requestUpdate(): void};
  readonly #dropped: (file: File) => void;
  #end: AbortController | undefined;
  /** Elements that files have been dragged into and not out of again. */
  #depth = 0;

  constructor(host: {requestUpdate(): void}, dropped: (file: File) => void) {
    this.#host = host;
    this.#dropped = dropped;
  }

  /** A file is being held over the page. */
  get over(): boolean {
    return this.#depth > 0;
  }

  connect(): void {
    const {signal} = (this.#end = new AbortController());
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', handle: (event: DragEvent) => void): void =>
      window.addEventListener(type, (event) => this.#hasFiles(event) && handle(event), {signal});
    on('dragenter', (event) => {
      event.preventDefault();
      this.#set(this.#depth + 1);
    });
    on('dragleave', () => this.#set(this.#depth - 1));
    // Without it, dropping opens the file instead.
    on('dragover', (event) => event.preventDefault());
    on('drop', (event) => {
      event.preventDefault();
      this.#set(0);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) this.#dropped(file);
    });
  }

  disconnect(): void {
    this.#end?.abort();
  }

  #hasFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') === true;
  }

  #set(depth: number): void {
    this.#depth = Math.max(0, depth);
    this.#host.requestUpdate();
  }
}
