-- Stores ARGV[1] under KEYS[1] for ARGV[2] ms, or for ever where that is '', and wakes those who wait for a lease that it
-- replaces through the channel ARGV[3]. Answers 1 where it did, 0 where there was a value.
if is_live(KEYS[1]) then
  return 0
end
local head = header(KEYS[1])
store(KEYS[1], ARGV[1], ARGV[2])
wake(head, KEYS[1], ARGV[3])
return 1
