import { Counter, Gauge } from 'prom-client';

const verifications = new Counter({
  name: 'qingkong_ledger_verifications_total',
  help: 'Verifications of a chain with its read model',
  labelNames: ['result'],
});

const lastVerified = new Gauge({
  name: 'qingkong_ledger_last_verification_timestamp_seconds',
  help: 'Moment of the last verification in this process, 0 before the first',
});

const doesNotHold = new Gauge({
  name: 'qingkong_ledger_chains_invalid',
  help: 'Chains that did not hold when this process last verified them',
});

const invalid = new Set<string>();

/** Counts alone: which chain it was is in the log and in the answer of the verification. */
export function noteVerification(chainId: string, isValid: boolean): void {
  if (isValid) invalid.delete(chainId);
  else invalid.add(chainId);
  verifications.inc({ result: isValid ? 'valid' : 'invalid' });
  lastVerified.setToCurrentTime();
  doesNotHold.set(invalid.size);
}
