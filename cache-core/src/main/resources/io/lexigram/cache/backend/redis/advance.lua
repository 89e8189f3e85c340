-- Invalidates the groups ARGV[4] and on: the clock ticks and gets the nonce ARGV[2]. Starts with the clock ARGV[1] where there
-- is none, where its seq has come to its end, where it cannot be told which groups are the oldest, or where memory is full.
-- ARGV[3] is how many groups the hash may hold. Answers the clock.
local clock = clock_of(KEYS[1]) or start_clock(ARGV[1])
local count = #ARGV - 3
if count <= 0 then
  return clock
end
if seq_of(clock) >= last_seq then
  clock = start_clock(ARGV[1])
end

-- Drops the oldest groups where there are too many, some at a time.
local excess = redis.call('HLEN', KEYS[1]) + count - 2 - tonumber(ARGV[3])
if excess > 0 then
  local oldest = redis.pcall('ZPOPMIN', KEYS[3], math.min(excess, 2 * count + 8))
  if oldest.err or #oldest == 0 then
    clock = start_clock(ARGV[1])
  else
    local floor = tonumber(oldest[#oldest])
    local before = redis.call('HGET', KEYS[1], 'f')
    if before then
      floor = math.max(floor, seq_of(before))
    end
    redis.call('HSET', KEYS[1], 'f', stamp_of(incarnation_of(clock), floor))
    for i = 1, #oldest, 2 do
      redis.call('HDEL', KEYS[1], 'g' .. oldest[i])
    end
  end
end

local function next_of(old)
  return stamp_of(incarnation_of(old), seq_of(old) + 1) .. ARGV[2]
end

local ticked = next_of(clock)
local set = redis.pcall('HSET', KEYS[1], 'c', ticked)
if type(set) == 'table' then
  if not string.find(set.err, 'OOM', 1, true) then
    return set
  end
  ticked = next_of(start_clock(ARGV[1]))
  redis.call('HSET', KEYS[1], 'c', ticked)
end
local stamp = string.sub(ticked, 1, 8)
local score = string.format('%.0f', seq_of(ticked))
local groups = {}
for i = 4, #ARGV do
  redis.call('HSET', KEYS[1], 'g' .. ARGV[i], stamp)
  redis.call('ZADD', KEYS[3], score, ARGV[i])
  groups[#groups + 1] = struct.pack('>I4', #ARGV[i]) .. ARGV[i]
end
log_tick(ticked, table.concat(groups))
return ticked
