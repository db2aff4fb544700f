import type { Trace } from '../../adjudication/trace.ts';
import type { Line } from '../../adjudication/waterfall-sums.ts';
import { Money } from '../../values/money.ts';

/** A trace as a program reads it: amounts are text, as everywhere. */
export const traceJson = ({ waterfall, ...trace }: Trace) => ({
  ...trace,
  waterfall: waterfall.map(({ parts, total }) => ({ parts: parts.map(lineJson), total: lineJson(total) })),
});

const lineJson = ({ label, amount }: Line) => ({ label, amount: Money.toText(amount) });
