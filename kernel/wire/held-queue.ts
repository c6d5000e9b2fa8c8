// Messages for clients that are away for a moment: held until they are back, in order.

export type Frames = (Uint8Array | string)[];

export interface HeldQueue {
  /** Sends, or holds the message while clients are away. Never rejects for a message that is held. */
  send(frames: Frames): Promise<void>;
  /** Holds all messages from here on. */
  hold(): void;
  /** Sends what is held, and everything from here on; after a delay, unless `hold` is called first. */
  release(milliseconds?: number): void;
  /** Resolves when nothing is held. */
  released(): Promise<void>;
}

/** Calls `send` one at a time, provided that callers wait for the queue's own `send` in the same way. */
export function createHeldQueue(send: (frames: Frames) => Promise<void>, log: (line: string) => void): HeldQueue {
  const held: Frames[] = [];
  let holding = false;
  let timer: NodeJS.Timeout | undefined;
  let emptied: PromiseWithResolvers<void> | undefined;
  const empty = async () => {
    while (!holding && held.length > 0) {
      try {
        await send(held.shift() as Frames);
      } catch (error) {
        log(`a held message could not be sent: ${String(error)}`);
      }
    }
    if (holding) return;
    emptied?.resolve();
    emptied = undefined;
  };
  const release = () => {
    clearTimeout(timer);
    if (!holding) return;
    holding = false;
    void empty();
  };
  return {
    async send(frames) {
      if (emptied === undefined) {
        try {
          return await send(frames);
        } catch (error) {
          // Closing the socket ends a send that was waiting for ZeroMQ.
          if (emptied === undefined) throw error;
        }
      }
      held.push(frames);
    },
    hold() {
      clearTimeout(timer);
      holding = true;
      emptied ??= Promise.withResolvers();
    },
    release(milliseconds) {
      clearTimeout(timer);
      if (milliseconds === undefined) release();
      else timer = setTimeout(release, milliseconds);
    },
    async released() {
      await emptied?.promise;
    },
  };
}
