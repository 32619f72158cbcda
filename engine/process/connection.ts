/** One message of oRPC, as its message-port and WebSocket adapters both encode it: pass it on as it is. */
export type EngineMessage = string | Uint8Array;

/** A line to the engine: what is posted reaches its router, what it says arrives as "message" events, its end as "close". */
export interface EngineConnection extends EventTarget {
  postMessage(message: EngineMessage): void;
  /** The engine then stops what it does for this line. */
  close(): void;
}

/** One end of a line. Many of them share the one channel between two processes. */
export class EngineLine extends EventTarget implements EngineConnection {
  readonly #send: (message: EngineMessage | null) => void;
  readonly #forget: () => void;
  #ended = false;

  constructor(send: (message: EngineMessage | null) => void, forget: () => void = () => undefined) {
    super();
    this.#send = send;
    this.#forget = forget;
  }

  postMessage(message: EngineMessage): void {
    if (!this.#ended) this.#send(message);
  }

  receive(message: EngineMessage): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  close(): void {
    if (!this.#ended) this.#send(null);
    this.end();
  }

  /** The other side is gone. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forget();
    this.dispatchEvent(new Event('close'));
  }
}
