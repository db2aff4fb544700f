/**
 * The scripts of the view. The fields of a partition's view hash are `<source>:epoch` and `<source>:position`, prefixed with the
 * partition where several share a hash; all keys of one call carry one hash tag, so that Redis Cluster keeps them in one slot.
 */

/** KEYS: view hash. ARGV: epoch, then field prefixes. Sets the epoch of each and answers the positions (false: none). */
export const FENCE = `
local positions = {}
for i = 2, #ARGV do
  redis.call('HSET', KEYS[1], ARGV[i] .. ':epoch', ARGV[1])
  positions[i - 1] = redis.call('HGET', KEYS[1], ARGV[i] .. ':position')
end
return positions
`;

/**
 * KEYS: view hash, then one key per record. ARGV: field prefix, epoch, position that the records follow (empty: none), position behind
 * them, then one value per record; empty deletes. Answers 1 when written, -1 when another owner holds the epoch, -2 when the records do not
 * follow what is there. The position stands for the sequence numbers of all records below it: they reach the view in the order of the log.
 */
export const APPLY = `
local field = ARGV[1]
if redis.call('HGET', KEYS[1], field .. ':epoch') ~= ARGV[2] then return -1 end
if (redis.call('HGET', KEYS[1], field .. ':position') or '') ~= ARGV[3] then return -2 end
for i = 2, #KEYS do
  local value = ARGV[i + 3]
  if value == '' then redis.call('DEL', KEYS[i]) else redis.call('SET', KEYS[i], value) end
end
redis.call('HSET', KEYS[1], field .. ':position', ARGV[4])
return 1
`;

/** KEYS: view hash. ARGV: epoch, field prefix. Notes that the present owner has restored the partition; -1 when that is another. */
export const RESTORED = `
if redis.call('HGET', KEYS[1], ARGV[2] .. ':epoch') ~= ARGV[1] then return -1 end
redis.call('HSET', KEYS[1], ARGV[2] .. ':restored', ARGV[1])
return 1
`;
