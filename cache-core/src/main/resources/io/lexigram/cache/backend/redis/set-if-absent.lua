-- Stores ARGV[1] under KEYS[1] for ARGV[2] ms, or for ever where that is ''. Answers 1 where it did, 0 where there was a value.
if is_live(KEYS[1]) then
  return 0
end
if ARGV[2] == '' then
  redis.call('SET', KEYS[1], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
