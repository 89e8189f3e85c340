-- Removes KEYS[1] and all versions of it, of which KEYS[2] knows, and wakes those who wait through the channel ARGV[1]. Answers 1
-- where there was an entry: a lease record is none, nor what is no string.
local live = is_live(KEYS[1])
local head = header(KEYS[1])
local removed = redis.call('UNLINK', KEYS[1])
remove_versions(KEYS[1], KEYS[2])
wake(head, KEYS[1], ARGV[1])
return live and removed or 0
