-- Stores ARGV[1] under KEYS[1] for ARGV[2] ms, or for ever where that is '', if the lease there has the token ARGV[3], and
-- wakes those who wait through the channel ARGV[4]. Answers 1 where it did.
local head = header(KEYS[1])
if not has_token(head, ARGV[3]) then
  return 0
end
store(KEYS[1], ARGV[1], ARGV[2])
wake(head, KEYS[1], ARGV[4])
return 1
