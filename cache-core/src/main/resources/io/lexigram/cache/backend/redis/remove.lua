-- Removes KEYS[1] and wakes those who wait through the channel ARGV[1]. Answers 1 where there was an entry: a lease record is
-- none, nor what is no string.
local live = is_live(KEYS[1])
local head = header(KEYS[1])
local removed = redis.call('UNLINK', KEYS[1])
wake(head, KEYS[1], ARGV[1])
return live and removed or 0
