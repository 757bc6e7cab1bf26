import { isHandOverDue } from '../episode/due.js';
import type { EpisodeState } from '../episode/state-types.js';
import { handOverRevisions } from './activities.js';
import type { Errand } from './chain.js';
import { HAND_OVER_RECORD } from './hand-over-record.js';
import type { Inbox } from './inbox.js';

/**
 * Hands what a published review asks to be revised, and what is still open, over to the district's chain, beside the loop. That it
 * is there comes back through the inbox, and the seal waits for it. The district knows an episode by its id, so that once more
 * changes nothing.
 */
export class HandingOver implements Errand<EpisodeState> {
  isIdle = true;

  constructor(private readonly inbox: Inbox) {}

  look(state: EpisodeState): void {
    if (this.isIdle && isHandOverDue(state)) void this.run(state);
  }

  private async run({ episodeId, review }: EpisodeState): Promise<void> {
    this.isIdle = false;
    await handOverRevisions({ episodeId, seq: review!.savedSeq! });
    this.inbox.put(HAND_OVER_RECORD, () => {
      this.isIdle = true;
    });
  }
}
