import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One timer, kept across turns and replaced only by an earlier moment: a timer costs two events each time. */
export class Alarm {
  hasRung = false;
  private at = Number.POSITIVE_INFINITY;
  private scope: CancellationScope | undefined;

  /** Rings at a real moment, or at once when it has passed. Ringing early is harmless: the turn then does nothing. */
  setFor(moment: number | undefined): void {
    if (moment === undefined || moment >= this.at) return;
    this.scope?.cancel();
    this.at = moment;
    const scope = new CancellationScope();
    this.scope = scope;
    scope
      .run(() => sleep(Math.max(1, Math.ceil(moment - Date.now()))))
      .then(
        () => this.ring(),
        (error) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }

  reset(): void {
    this.hasRung = false;
  }

  private ring(): void {
    this.hasRung = true;
    this.at = Number.POSITIVE_INFINITY;
    this.scope = undefined;
  }
}
