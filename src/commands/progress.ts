const REFRESH_MS = 100;

/** Keeps one line of standard error at how much of long work is done; says nothing where nobody is looking. */
export function progress(what: string, total: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const started = performance.now();
  let shown = -Infinity;
  return (done) => {
    const now = performance.now();
    if (done < total && now - shown < REFRESH_MS) return;
    shown = now;
    const perSecond = Math.round((done / (now - started)) * 1000);
    const end = done < total ? '' : '\n';
    process.stderr.write(`\r${String(done)} of ${String(total)} ${what}, ${String(perSecond)}/s\u001b[K${end}`);
  };
}
