const REFRESH_MS = 100;

/** Told how much is done by now; `isLast` ends the line. */
export type Progress = (done: number, isLast?: boolean) => void;

/**
 * Keeps one line of standard error at how much of long work is done; says nothing where nobody is looking. Where it is not known how
 * much there is, `total` is null, and whoever tells has to say what is the last.
 */
export function progress(what: string, total: number | null): Progress {
  if (!process.stderr.isTTY) return () => undefined;
  const started = performance.now();
  let shown = -Infinity;
  return (done, isLast = total !== null && done >= total) => {
    const now = performance.now();
    if (!isLast && now - shown < REFRESH_MS) return;
    shown = now;
    const perSecond = Math.round((done / (now - started)) * 1000);
    const amount = total === null ? String(done) : `${String(done)} of ${String(total)}`;
    process.stderr.write(`\r${amount} ${what}, ${String(perSecond)}/s\u001b[K${isLast ? '\n' : ''}`);
  };
}
