-- Notes a node in KEYS[1], the list of those that share this server, or strikes it off, and sends a message to all of them.
-- ARGV: the node, after how many ms of silence a node is forgotten ('' where this one leaves), the channel, the message ('' for
-- none).
-- Answers with the number of subscriptions that got the message, then for each node its name and its silence in ms.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function note()
  if ARGV[2] == '' then
    return redis.pcall('ZREM', KEYS[1], ARGV[1])
  end
  local before = string.format('(%.0f', now - tonumber(ARGV[2]))
  local added = redis.pcall('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
  if type(added) == 'number' then
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', before)
    -- What a clock that was put back has left in the future.
    redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  return added
end
-- A server that is full, or may not write for a while, still carries messages; one that was demoted reaches the wrong nodes.
local noted = note()
if type(noted) == 'table' and string.find(noted.err, 'READONLY', 1, true) then
  return noted
end
local answer = {ARGV[4] == '' and '0' or string.format('%.0f', redis.call('PUBLISH', ARGV[3], ARGV[4]))}
local nodes = redis.call('ZRANGE', KEYS[1], 0, 9999, 'WITHSCORES')
for i = 1, #nodes, 2 do
  answer[i + 1] = nodes[i]
  answer[i + 2] = string.format('%.0f', math.max(0, now - tonumber(nodes[i + 1])))
end
return answer
