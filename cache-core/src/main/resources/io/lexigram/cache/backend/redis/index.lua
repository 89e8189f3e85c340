-- Notes entries in KEYS[1], the index of a tag: ARGV holds pairs of a member and its lifetime in ms ('' for ever).
-- A score is the end of the lifetime in ms by this server's clock; from 4e12 on (the year 2096) it means for ever. It never
-- sinks, and each call changes it, if only by a thousandth, so that it tells whether the entry was written meanwhile.
local for_ever = 4e12
local slack = 60000
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local longest = 0
for i = 1, #ARGV, 2 do
  local score = ARGV[i + 1] == '' and for_ever or now + tonumber(ARGV[i + 1])
  if score >= for_ever then
    score = for_ever + now
  end
  local old = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or 0)
  if score <= old then
    score = old + 1 / 1024
  end
  redis.call('ZADD', KEYS[1], string.format('%.17g', score), ARGV[i])
  longest = math.max(longest, score)
end
-- The index outlives its members: by more than it must, so that it needs no new end with each entry.
local left = redis.call('PTTL', KEYS[1])
if left == -1 then
  longest = tonumber(redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2])
end
local needed = longest - now + slack
if longest >= for_ever then
  if left ~= -1 then
    redis.call('PERSIST', KEYS[1])
  end
elseif left < needed then
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', needed + needed / 8))
end
-- Now and then members whose lifetime is over leave, faster than others come.
if time[2] % 8 == 0 then
  local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - slack, 'LIMIT', 0, #ARGV * 10)
  if #dead > 0 then
    redis.call('ZREM', KEYS[1], unpack(dead))
  end
end
return 1
