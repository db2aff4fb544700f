import type { PartitionData, RawRecord } from './kafkajs-internals.ts';

/**
 * The records of a fetched partition that read_committed may see: no markers, and nothing of a transaction that was aborted.
 *
 * Not kafkajs' own filter: it takes the aborted transactions in the order of their markers and one for each record, and so lets records
 * of the second of two overlapping ones through.
 */
export function readCommitted({ abortedTransactions, messages }: PartitionData): readonly RawRecord[] {
  const aborted = [...abortedTransactions].sort((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  const open = new Set<string>();
  let next = 0;
  return messages.filter(({ offset, isControlRecord, batchContext: { producerId, inTransaction } }) => {
    for (; Number(aborted[next]?.firstOffset ?? Infinity) <= Number(offset); next += 1) {
      open.add(aborted[next]?.producerId ?? '');
    }
    if (isControlRecord) open.delete(producerId);
    return !isControlRecord && !(inTransaction && open.has(producerId));
  });
}
