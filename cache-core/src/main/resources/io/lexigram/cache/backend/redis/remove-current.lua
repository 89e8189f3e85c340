-- Removes KEYS[1] and leaves its versions, of which KEYS[2] knows. Wakes those who wait through the channel ARGV[1]. Answers 1
-- where there was an entry.
local live = is_live(KEYS[1])
local head = header(KEYS[1])
local removed = redis.call('UNLINK', KEYS[1])
local ttl = redis.pcall('HGET', KEYS[2], 't')
if type(ttl) == 'string' then
  remember(KEYS[2], ttl)
end
wake(head, KEYS[1], ARGV[1])
return live and removed or 0
