-- Adds ARGV[1] to the decimal digits of KEYS[1]; without a value it becomes ARGV[1] and lives ARGV[2] ms, or for ever where
-- that is ''. Answers the sum as text, for a number of this language holds 53 bits.
-- The first call fails where the key holds no string.
redis.call('STRLEN', KEYS[1])
if not is_live(KEYS[1]) then
  if ARGV[2] == '' then
    redis.call('SET', KEYS[1], ARGV[1])
  else
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  end
  return ARGV[1]
end
redis.call('INCRBY', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
