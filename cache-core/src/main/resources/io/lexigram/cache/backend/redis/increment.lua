-- Adds ARGV[1] to the decimal digits of KEYS[1]; without a value it becomes ARGV[1] and lives ARGV[2] ms, or for ever where
-- that is '', and those who wait for a lease that it replaces are woken through the channel ARGV[3]. Answers the sum as text,
-- for a number of this language holds 53 bits.
-- The first call fails where the key holds no string.
redis.call('STRLEN', KEYS[1])
if not is_live(KEYS[1]) then
  local head = header(KEYS[1])
  store(KEYS[1], ARGV[1], ARGV[2])
  wake(head, KEYS[1], ARGV[3])
  return ARGV[1]
end
redis.call('INCRBY', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
